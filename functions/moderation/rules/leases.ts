/** Comments of a queue that one moderator has taken on for a while. */
export interface Lease {
  /** The moderator's id. */
  by: string;
  /** When it ends by itself, in milliseconds since 1970. */
  until: number;
  /** The comments' ids. */
  ids: readonly string[];
}

/** How long a claim lasts, in milliseconds. */
export const leaseLasts = 60_000;

/** Those that have not ended. */
export const running = (leases: readonly Lease[], now: number): Lease[] => leases.filter(({ until }) => until > now);

/** Who holds which comment, and until when, by the comment's id. */
export const holdersOf = (leases: readonly Lease[]): Map<string, Lease> =>
  new Map(leases.flatMap((lease) => lease.ids.map((id) => [id, lease] as const)));

/** What is left when some comments are given back. */
export const without = (leases: readonly Lease[], given: ReadonlySet<string>): Lease[] =>
  leases.map((lease) => ({ ...lease, ids: lease.ids.filter((id) => !given.has(id)) })).filter(({ ids }) => ids.length > 0);

/** What is left when one moderator gives all back. */
export const withoutThoseOf = (leases: readonly Lease[], by: string): Lease[] => leases.filter((lease) => lease.by !== by);

/** What there is when a moderator takes comments on that nobody else holds; those held already begin anew. */
export const withTaken = (leases: readonly Lease[], taken: Lease): Lease[] => [...without(leases, new Set(taken.ids)), taken];
