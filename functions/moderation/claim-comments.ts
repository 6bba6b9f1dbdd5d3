import * as z from 'zod/mini';
import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import { isForAnother } from '#comments/rules/appeal.ts';
import { type QueueName, queueNames } from '#comments/rules/contribution.ts';
import type { Caller } from '#http/caller.ts';
import { endpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { changeLeases, crowded } from './claims.ts';
import { type QueueRow, rowsOf, takeRows } from './queues.ts';
import { holdersOf, type Lease, leaseLasts, withTaken } from './rules/leases.ts';
import { printWaiting, queueOf, readAuthors } from './waiting.ts';

/**
 * Claims the oldest comments of a queue that nobody else holds, appeals against the caller's own decisions aside; what the
 * caller holds already comes first, for another minute.
 */
export const claimComments = endpoint({
  params: z.object({ name: z.enum(queueNames) }),
  body: z.strictObject({ limit: z.int().check(z.minimum(1), z.maximum(25)) }),
  handle: async ({ params: { name }, body: { limit }, caller, now }) => {
    let comments: Comment[] = [];
    let claim: Lease = { by: caller.id, until: now.getTime() + leaseLasts, ids: [] };
    const isClaimed = await changeLeases(name, now, async (leases) => {
      comments = await choose(name, limit, caller, leases);
      claim = { ...claim, ids: comments.map(({ order }) => order) };
      return comments.length === 0 ? undefined : withTaken(leases, claim);
    });
    if (!isClaimed) throw crowded();

    const [parents, authorOf] = await Promise.all([
      readComments(comments.flatMap(({ parentId }) => parentId ?? [])),
      readAuthors(
        comments.flatMap(({ authorId }) => authorId ?? []),
        now,
      ),
    ]);
    const items = comments.map((comment) =>
      printWaiting(comment, { parent: parents.get(comment.parentId ?? ''), author: authorOf(comment.authorId), claim }),
    );
    const claimedUntil = comments.length === 0 ? null : new Date(claim.until).toISOString();
    return ok(`{"items":[${items.join(',')}],"claimedUntil":${JSON.stringify(claimedUntil)}}`);
  },
});

/**
 * Times the queue is read on because comments in it wait no longer, or not for this moderator, and how many are looked at then:
 * what was decided on leaves it within a second, but the oldest appeals may all be against one moderator.
 */
const rounds = 6;
const lookedAt = 100;

/** Chooses what a moderator shall hold: what of their claims still waits, then the oldest that is free. */
async function choose(name: QueueName, limit: number, moderator: Caller, leases: readonly Lease[]): Promise<Comment[]> {
  const holders = holdersOf(leases);
  const mine = [...holders].filter(([, lease]) => lease.by === moderator.id).map(([id]) => id);
  const chosen = (await readWaiting(name, mine.sort(), moderator)).slice(0, limit);
  const free = freeRows(rowsOf(name, { expected: limit + holders.size }), holders);
  for (let round = 0; chosen.length < limit && round < rounds; round += 1) {
    const ids = (await takeRows(free, round === 0 ? limit - chosen.length : lookedAt)).map(({ order }) => order);
    if (ids.length === 0) break;
    chosen.push(...(await readWaiting(name, ids, moderator)));
  }
  return chosen.slice(0, limit);
}

async function* freeRows(rows: AsyncGenerator<QueueRow, void>, holders: ReadonlyMap<string, Lease>): AsyncGenerator<QueueRow, void> {
  for await (const row of rows) if (!holders.has(row.order)) yield row;
}

/** Reads comments as the last write left them, in the order asked, without those that wait no longer, or for another moderator. */
async function readWaiting(name: QueueName, ids: readonly string[], { id, roles }: Caller): Promise<Comment[]> {
  const comments = await readComments(ids, { consistent: true });
  const isForThem = (comment: Comment) => roles.has('admin') || !isForAnother(comment, id);
  return ids.flatMap((each) => comments.get(each) ?? []).filter((comment) => queueOf(comment) === name && isForThem(comment));
}
