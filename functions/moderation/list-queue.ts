import * as z from 'zod/mini';
import { cutPage, fitPage, pageReply } from '#comments/comment-page.ts';
import { readComments } from '#comments/comment-storage.ts';
import { queueNames } from '#comments/rules/contribution.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { commentPosition, page } from '#http/scalars.ts';
import { readLeases } from './claims.ts';
import { rowsOf, takeRows } from './queues.ts';
import { holdersOf } from './rules/leases.ts';
import { printWaiting, queueOf, readAuthors } from './waiting.ts';

/** What waits in a queue, oldest first, each with what a moderator needs to decide. */
export const listQueue = endpoint({
  params: z.object({ name: z.enum(queueNames) }),
  query: z.object(page),
  handle: async ({ params: { name }, query: { limit, cursor }, now }) => {
    const scope = ['queue', name];
    const after = readCursor(cursor, scope, commentPosition);
    const { rows, next } = cutPage(await takeRows(rowsOf(name, { after, expected: limit + 1 }), limit + 1), limit);
    const [comments, authorOf, leases] = await Promise.all([
      readComments(rows.flatMap(({ order, parentId }) => (parentId === undefined ? [order] : [order, parentId]))),
      readAuthors(
        rows.flatMap(({ author }) => author ?? []),
        now,
      ),
      readLeases(name, now),
    ]);
    const holders = holdersOf(leases);
    const waiting = rows.flatMap(({ order }) => comments.get(order) ?? []).filter((comment) => queueOf(comment) === name);
    const printed = waiting.map((comment) =>
      printWaiting(comment, {
        parent: comments.get(comment.parentId ?? ''),
        author: authorOf(comment.authorId),
        claim: holders.get(comment.order),
      }),
    );
    const fitted = fitPage(waiting, printed, { next, positionOf: ({ order }) => order });
    return pageReply({ items: fitted.items, nextCursor: fitted.next === undefined ? null : writeCursor(fitted.next, scope) });
  },
});
