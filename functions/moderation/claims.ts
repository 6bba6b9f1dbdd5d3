import { uuidv7 } from 'uuidv7';
import { type QueueName, queueNames } from '#comments/rules/contribution.ts';
import { bytesOfId, idsOfPath } from '#comments/rules/path.ts';
import { Problem } from '#http/problem.ts';
import { backoff } from '#table/backoff.ts';
import { tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { claimsKey, type Key } from '#table/keys.ts';
import type { TransactItem } from '#table/transaction.ts';
import { buildUpdate, type Change } from '#table/update.ts';
import { isHindered, writeOver } from '#table/write.ts';
import { type Lease, leaseLasts, running, without, withoutThoseOf } from './rules/leases.ts';

/** What moderators hold of one queue, all in one item: 25 ids are 400 bytes. */
interface Claims {
  leases: Lease[];
  /** Another one after every write; none before the first. */
  version?: string;
}

type ClaimsItem = Key & { version: string; leases: { by: string; until: number; ids: Uint8Array }[] };

/** Reads what was held of a queue at the last change; some of it may have ended since. */
async function readClaims(queue: QueueName, options: { consistent?: boolean } = {}): Promise<Claims> {
  return claimsOf(await getItem<ClaimsItem>(claimsKey(queue), options));
}

function claimsOf(item: ClaimsItem | undefined): Claims {
  if (item === undefined) return { leases: [] };
  return { leases: item.leases.map((lease) => ({ ...lease, ids: idsOfPath(lease.ids) })), version: item.version };
}

/** What moderators hold of a queue now. */
export async function readLeases(queue: QueueName, now: Date): Promise<Lease[]> {
  return running((await readClaims(queue)).leases, now.getTime());
}

/** Builds the write of leases over the claims that were read; the version is no number, because an item that expired begins anew. */
const buildClaims = (queue: QueueName, over: Claims, leases: readonly Lease[], set: object = {}): Change => ({
  key: claimsKey(queue),
  set: {
    leases: leases.map(({ ids, ...lease }) => ({ ...lease, ids: new Uint8Array(ids.flatMap((id) => [...bytesOfId(id)])) })),
    version: uuidv7(),
    ...set,
  },
  expect: { version: over.version },
});

/** Times a change is made again because somebody else's came first: forty moderators may begin at once. */
const tries = 40;

/**
 * Changes what is held of a queue. `change` gets what is held now and gives what is held afterwards, or nothing to leave it; it is
 * asked again where another change came first. It does so at once, with what the refused write tells of that change: whenever one
 * is refused another one succeeded, so of changes that begin together each is made after as many refusals as there are others.
 *
 * @returns `false` when others were first every time
 */
export async function changeLeases(
  queue: QueueName,
  now: Date,
  change: (leases: Lease[]) => Promise<Lease[] | undefined> | Lease[] | undefined,
): Promise<boolean> {
  let claims = await readClaims(queue, { consistent: true });
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const leases = await change(running(claims.leases, now.getTime()));
    // No lease lasts longer than one that begins now.
    const expiresAt = Math.ceil((now.getTime() + leaseLasts) / 1_000);
    if (leases === undefined) return true;
    try {
      const { written, before } = await writeOver<ClaimsItem>(buildUpdate(buildClaims(queue, claims, leases, { expiresAt })));
      if (written) return true;
      claims = claimsOf(before);
    } catch (error) {
      if (!isHindered(error)) throw error;
      await backoff(attempt);
      claims = await readClaims(queue, { consistent: true });
    }
  }
  return false;
}

/** What to tell whoever cannot wait for others any longer. */
export const crowded = () => new Problem('unavailable', 'Many moderators are claiming right now.', { headers: { 'retry-after': '1' } });

/** Gives comments back to the queues that they waited in, whoever holds them; where others are in the way, the claims end by themselves. */
export async function giveBack(waited: ReadonlyMap<string, QueueName>, now: Date): Promise<void> {
  const queues = Map.groupBy(waited, ([, queue]) => queue);
  await Promise.all(
    [...queues].map(([queue, entries]) => {
      const given = new Set(entries.map(([id]) => id));
      return changeLeases(queue, now, (leases) =>
        leases.some(({ ids }) => ids.some((id) => given.has(id))) ? without(leases, given) : undefined,
      );
    }),
  );
}

/** Builds what takes a member out of all claims, whether they still run or have ended. */
export async function buildLeave(memberId: string): Promise<TransactItem[]> {
  const claims = await Promise.all(queueNames.map(async (queue) => ({ queue, claims: await readClaims(queue, { consistent: true }) })));
  return claims
    .filter(({ claims: { leases } }) => leases.some(({ by }) => by === memberId))
    .map(({ queue, claims }) => ({
      Update: { TableName: tableName, ...buildUpdate(buildClaims(queue, claims, withoutThoseOf(claims.leases, memberId))) },
    }));
}
