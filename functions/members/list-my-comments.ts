import * as z from 'zod/mini';
import { cutPage, fitPage, pageReply } from '#comments/comment-page.ts';
import { readComments } from '#comments/comment-storage.ts';
import { printOwn } from '#comments/rules/own-view.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { commentPosition, page } from '#http/scalars.ts';
import { queryIndex } from '#table/query.ts';

/** A member's own comments in every status, newest first, with the reasons of what became of them. */
export const listMyComments = endpoint({
  query: z.object(page),
  handle: async ({ query: { limit, cursor }, caller }) => {
    const scope = ['my-comments', caller.id];
    const found = await queryIndex<{ order: string }>({
      index: 'author',
      partition: caller.id,
      limit: limit + 1,
      ascending: false,
      after: readCursor(cursor, scope, commentPosition),
    });
    const { rows, next } = cutPage(found, limit);
    const comments = await readComments(
      rows.map(({ order }) => order),
      { consistent: true },
    );
    const printed = rows.map(({ order }) => {
      const comment = comments.get(order);
      return comment && printOwn(caller.id, comment);
    });
    const fitted = fitPage(rows, printed, { next, positionOf: ({ order }) => order });
    return pageReply({ items: fitted.items, nextCursor: fitted.next === undefined ? null : writeCursor(fitted.next, scope) });
  },
});
