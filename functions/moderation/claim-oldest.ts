import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import { isForAnother } from '#comments/rules/appeal.ts';
import type { QueueName } from '#comments/rules/contribution.ts';
import type { Caller } from '#http/caller.ts';
import { changeLeases, crowded } from './claims.ts';
import { rowsOf, takeRows } from './queues.ts';
import { holdersOf, type Lease, leaseLasts, without, withTaken } from './rules/leases.ts';
import { queueOf } from './waiting.ts';

type Holders = ReadonlyMap<string, Lease>;

/**
 * Claims up to `limit` comments: what the moderator holds already, for another minute, and then the oldest that nobody holds. The
 * comments are looked at only afterwards, so that little time passes in which somebody else can come first. Where one of them waits
 * no longer, or not for this moderator, it is chosen again among comments that were looked at.
 *
 * @throws Problem `unavailable` (503) when others were first every time
 */
export async function claimOldest(
  name: QueueName,
  limit: number,
  moderator: Caller,
  now: Date,
): Promise<{ claim: Lease; comments: Comment[] }> {
  const queue = openQueue(name, moderator);
  const claim = async (choose: (mine: string[], holders: Holders) => Promise<string[]>) => {
    let taken: Lease = { by: moderator.id, until: now.getTime() + leaseLasts, ids: [] };
    const isClaimed = await changeLeases(name, now, async (leases) => {
      const holders = holdersOf(leases);
      const mine = [...holders].flatMap(([id, { by }]) => (by === moderator.id ? id : [])).sort();
      taken = { ...taken, ids: await choose(mine, holders) };
      if (taken.ids.length === 0 && mine.length === 0) return undefined;
      return withTaken(without(leases, new Set(mine.filter(queue.isPassed))), taken);
    });
    if (!isClaimed) throw crowded();
    return { claim: taken, comments: await queue.look(taken.ids) };
  };

  const first = await claim(async (mine, holders) => [...mine, ...(await queue.free(holders, 0, limit))].slice(0, limit));
  if (first.comments.length === first.claim.ids.length) return first;
  return claim(async (mine, holders) => {
    const waiting = await queue.look(mine);
    for (let from = 0; waiting.length < limit && from < looks * lookedAt; from += lookedAt) {
      waiting.push(...(await queue.look(await queue.free(holders, from, lookedAt))));
    }
    return waiting.slice(0, limit).map(({ order }) => order);
  });
}

/**
 * How often a queue is read on because comments in it wait no longer, or not for this moderator, and how many are looked at then:
 * what was decided on leaves it within a second, but the oldest appeals may all be against one moderator.
 */
const looks = 5;
const lookedAt = 100;

/** A queue as one claim sees it: what was read of it once is not read again, however often the claim has to begin anew. */
function openQueue(name: QueueName, moderator: Caller) {
  const ids: string[] = [];
  let isEnd = false;
  const comments = new Map<string, Comment | undefined>();
  const isTheirs = (comment: Comment | undefined) =>
    comment !== undefined && queueOf(comment) === name && (moderator.roles.has('admin') || !isForAnother(comment, moderator.id));

  async function oldest(count: number): Promise<readonly string[]> {
    if (count > ids.length && !isEnd) {
      // As many again as were read, so that few reads are needed however much others hold.
      const missing = Math.max(count - ids.length, ids.length);
      const rows = await takeRows(rowsOf(name, { after: ids.at(-1), expected: missing }), missing);
      isEnd = rows.length < missing;
      ids.push(...rows.map(({ order }) => order));
    }
    return ids;
  }

  return {
    /** The ids of `count` comments that nobody holds, oldest first, behind the first `from` of them; fewer at the queue's end. */
    free: async (holders: Holders, from: number, count: number): Promise<string[]> =>
      (await oldest(holders.size + from + count)).filter((id) => !holders.has(id)).slice(from, from + count),
    /** Reads comments as the last write left them, in the order asked, without those that wait no longer, or for another moderator. */
    look: async (wanted: readonly string[]): Promise<Comment[]> => {
      const unread = wanted.filter((id) => !comments.has(id));
      const read = await readComments(unread, { consistent: true });
      for (const id of unread) comments.set(id, isTheirs(read.get(id)) ? read.get(id) : undefined);
      return wanted.flatMap((id) => comments.get(id) ?? []);
    },
    /** Whether a comment was looked at and is none to claim. */
    isPassed: (id: string): boolean => comments.has(id) && comments.get(id) === undefined,
  };
}
