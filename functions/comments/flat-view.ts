import { readCursor, writeCursor } from '#http/cursor.ts';
import { commentPosition } from '#http/scalars.ts';
import { threadOf } from '#table/keys.ts';
import { type CommentPage, cutPage, fitPage, sortedBy } from './comment-page.ts';
import { isApproved } from './rules/status.ts';
import { type PrintableComment, printPublic } from './rules/view.ts';
import { readShownRows } from './shown-rows.ts';
import type { ThreadPage } from './thread-view.ts';

/**
 * Reads one page of all approved comments of an article, replies included, oldest first: the top level of its thread and
 * its replies are two partitions in the order of time, merged. Tombstones keep no place here, so a page may be short
 * where comments were taken down; the cursor goes on past them.
 */
export async function readFlat(
  articleId: string,
  { limit, cursor, shards }: Pick<ThreadPage, 'limit' | 'cursor' | 'shards'>,
): Promise<CommentPage> {
  const scope = ['flat', articleId];
  const after = readCursor(cursor, scope, commentPosition);
  const read = { limit: limit + 1, ascending: true, after };
  const [top, replies] = await Promise.all([
    readShownRows<PrintableComment>({ ...read, index: 'thread', partition: threadOf(articleId, null) }, shards),
    readShownRows<PrintableComment>({ ...read, index: 'flat', partition: articleId }, shards),
  ]);
  const { rows, next } = cutPage(sortedBy('order', [...top.rows, ...replies.rows], true), limit);
  const printed = rows.map((row) => (isApproved(row.status) ? printPublic(articleId, row) : undefined));
  const page = fitPage(rows, printed, { next, positionOf: ({ order }) => order });
  return { items: page.items, nextCursor: page.next === undefined ? null : writeCursor(page.next, scope) };
}
