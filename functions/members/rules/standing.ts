/**
 * How the newsroom stands to a member. `trusted`: only banned phrases are asked of what they post; `held`: it always waits
 * for a moderator; `muted`: its author alone sees it; `banned`: nothing is taken.
 */
export const standings = ['trusted', 'normal', 'held', 'muted', 'banned'] as const;
export type Standing = (typeof standings)[number];

/** The standing of somebody whose post was taken. */
export type PostingStanding = Exclude<Standing, 'banned'>;

/** A standing as the member's item holds it; `normal` is the absence of any. */
export interface StoredStanding {
  /** Whose it is; with a standing only, and gone once they have erased their data. */
  id?: string;
  standing?: Exclude<Standing, 'normal'>;
  standingUntil?: string;
  standingNote?: string;
  standingRevision?: number;
}

/** A standing with its end, and why it was given. */
export interface StandingGiven {
  standing: Standing;
  until: string | null;
  note: string | null;
}

/** The standing in force at `now`. Nothing happens when one ends: whoever asks compares. */
export function standingAt({ standing, standingUntil, standingNote }: StoredStanding, now: Date): StandingGiven {
  if (standingUntil !== undefined && standingUntil <= now.toISOString()) return { standing: 'normal', until: null, note: null };
  return { standing: standing ?? 'normal', until: standingUntil ?? null, note: standingNote ?? null };
}

/** The standing as its member may know it: somebody muted notices nothing. */
export const standingForMember = ({ standing, until }: StandingGiven): Omit<StandingGiven, 'note'> =>
  standing === 'muted' ? { standing: 'normal', until: null } : { standing, until };
