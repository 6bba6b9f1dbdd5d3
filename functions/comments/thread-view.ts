import { readCursor, writeCursor } from '#http/cursor.ts';
import { commentPosition } from '#http/scalars.ts';
import { threadOf } from '#table/keys.ts';
import { type CommentPage, cutPage, fitPage, printPage } from './comment-page.ts';
import { type PrintableComment, printPublic } from './rules/view.ts';
import { readShownRows } from './shown-rows.ts';

/** A page of the comments under one parent, or of the top level. */
export interface ThreadPage {
  limit: number;
  cursor?: string | undefined;
  sort: 'newest' | 'oldest';
  parentId: string | null;
  /** How many of the oldest replies to embed in each item. */
  replies: number;
  /** Over how many shards the article's lists are spread, where that was asked: the first page of the top level tells it by itself. */
  shards?: Promise<number> | number | undefined;
}

/**
 * Reads one page of a thread: a single query of the `thread` index, whatever the size of the thread, and one more for
 * each comment of the page that has replies where they are asked for. A hot article takes as many queries as it has shards.
 */
export async function readThread(articleId: string, { limit, cursor, sort, parentId, replies, shards }: ThreadPage): Promise<CommentPage> {
  const scope = ['thread', articleId, parentId ?? '', sort];
  const list = { index: 'thread', partition: threadOf(articleId, parentId), ascending: sort === 'oldest' } as const;
  const after = readCursor(cursor, scope, commentPosition);
  const found = await readShownRows<PrintableComment>({ ...list, limit: limit + 1, after }, shards);
  const { rows, next } = cutPage(found.rows, limit);
  const printed = await Promise.all(rows.map((row) => printWithReplies(articleId, row, { limit: replies, shards: found.shards })));
  const page = fitPage(rows, printed, { next, positionOf: ({ order }) => order });
  return { items: page.items, nextCursor: page.next === undefined ? null : writeCursor(page.next, scope) };
}

/** Prints a comment with its oldest replies embedded, if any are asked for. */
export async function printWithReplies(
  articleId: string,
  comment: PrintableComment,
  { limit, shards }: { limit: number; shards: number },
): Promise<string> {
  if (limit === 0) return printPublic(articleId, comment);
  const below: CommentPage = mayHaveReplies(comment)
    ? await readThread(articleId, { limit, sort: 'oldest', parentId: comment.order, replies: 0, shards })
    : { items: [], nextCursor: null };
  return `${printPublic(articleId, comment).slice(0, -1)},"replies":${printPage(below)}}`;
}

/** What hangs below may be nothing but tombstones over approved replies, which `replyCount` does not count. */
const mayHaveReplies = ({ shownChildren = 0 }: PrintableComment) => shownChildren > 0;
