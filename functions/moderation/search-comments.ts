import * as z from 'zod/mini';
import type { Comment } from '#comments/comment.ts';
import { fitPage, pageReply } from '#comments/comment-page.ts';
import { readComments } from '#comments/comment-storage.ts';
import { earliestId, idPosition } from '#comments/rules/earliest-id.ts';
import { commentStatuses } from '#comments/rules/status.ts';
import { printComment } from '#comments/rules/view.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { articleId, memberId, page, time } from '#http/scalars.ts';
import { queryIndex } from '#table/query.ts';
import { pickPage } from './pick-page.ts';

const query = z
  .object({
    ...page,
    article: z.optional(articleId),
    author: z.optional(memberId),
    status: z.optional(z.enum(commentStatuses)),
    since: z.optional(time),
    until: z.optional(time),
  })
  .check(z.refine(({ article, author }) => article !== undefined || author !== undefined, 'must name an article or an author'));

/** A row of either index; only that of authors tells the article. */
type Row = { order: string; article?: string };

/** The comments of an article or of an author, newest first, in whatever status or in one of them. */
export const searchComments = endpoint({
  query,
  handle: async ({ query: { limit, cursor, article, author, status, since, until } }) => {
    const scope = ['search', article ?? '', author ?? '', status ?? '', since ?? '', until ?? ''];
    // Whoever wrote something wrote less than there is below an article, as a rule; and their list tells the article of each.
    const list =
      author === undefined ? ({ index: 'article', partition: article ?? '' } as const) : ({ index: 'author', partition: author } as const);
    const picked = await pickPage<Row, Comment>({
      limit,
      after: readCursor(cursor, scope, idPosition) ?? (until && earliestId(Date.parse(until))),
      from: since && earliestId(Date.parse(since)),
      picky: status !== undefined || (article !== undefined && author !== undefined),
      read: (after, size) => queryIndex({ ...list, limit: size, ascending: false, after }),
      look: async (rows) => {
        const comments = await readComments(
          rows.filter((row) => article === undefined || row.article === article).map(({ order }) => order),
        );
        return rows.map(({ order }) => {
          const comment = comments.get(order);
          return status === undefined || comment?.status === status ? comment : undefined;
        });
      },
    });
    const printed = picked.items.map((comment) => printComment(comment.articleId, comment));
    const { items, next } = fitPage(picked.items, printed, { next: picked.next, positionOf: ({ order }) => order });
    return pageReply({ items, nextCursor: next === undefined ? null : writeCursor(next, scope) });
  },
});
