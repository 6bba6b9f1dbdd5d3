import { readCursor, writeCursor } from '#http/cursor.ts';
import { threadOf } from '#table/keys.ts';
import { type CommentPage, fitPage } from './comment-page.ts';
import { idOfScore, totalReactions } from './rules/rank.ts';
import { isApproved } from './rules/status.ts';
import type { PrintableComment } from './rules/view.ts';
import { readShownRows, type ShownRows } from './shown-rows.ts';
import { printWithReplies, type ThreadPage } from './thread-view.ts';

/** Where a page ended: `s` and a score among those with reactions, or `i` and an id among the others. */
const position = /^(?:s\d{3}#|i)[0-9a-f-]{36}$/;

/** A row that was read, the position after it, and whether it is printed. */
interface Row {
  comment: PrintableComment;
  position: string;
  printed: boolean;
}

/**
 * Reads one page of a thread, most reactions first and then, newest first, what nobody has reacted to. Each part is an
 * index of its own: a page is one query, or two where it reaches the second part. There, rows of the first are passed
 * over, so a page may be short; the cursor goes on past them.
 */
export async function readTop(
  articleId: string,
  { limit, cursor, parentId, replies, shards }: Omit<ThreadPage, 'sort'>,
): Promise<CommentPage> {
  const scope = ['top', articleId, parentId ?? ''];
  const thread = threadOf(articleId, parentId);
  const after = readCursor(cursor, scope, position);
  const [part, place] = after === undefined ? ['s', undefined] : [after.slice(0, 1), after.slice(1)];

  const ranked = part === 's' ? await readRanked(thread, limit + 1, place, shards) : nothing;
  const others = ranked.rows.length > limit ? nothing : await readOthers(thread, limit + 1, part === 'i' ? place : undefined, shards);
  const rows = [...ranked.rows, ...others.rows];
  const below = { limit: replies, shards: (await shards) ?? Math.max(ranked.shards, others.shards) };
  const end = endOfPage(rows, limit);
  const more = end < rows.length || others.rows.length > limit;
  const passed = rows.slice(0, end);
  const printed = await Promise.all(passed.map((row) => (row.printed ? printWithReplies(articleId, row.comment, below) : undefined)));
  const page = fitPage(passed, printed, { next: more ? rows[end - 1]?.position : undefined, positionOf: ({ position }) => position });
  return { items: page.items, nextCursor: page.next === undefined ? null : writeCursor(page.next, scope) };
}

/** How many rows have been passed when `limit` of them are printed. */
function endOfPage(rows: readonly Row[], limit: number): number {
  let printed = 0;
  const last = rows.findIndex((row) => {
    printed += Number(row.printed);
    return printed === limit;
  });
  return last === -1 ? rows.length : last + 1;
}

const nothing: ShownRows<Row> = { rows: [], shards: 1 };

async function readRanked(thread: string, limit: number, after: string | undefined, spread: ThreadPage['shards']): Promise<ShownRows<Row>> {
  const page = { index: 'rank', partition: thread, limit, ascending: false, after } as const;
  const { rows, shards } = await readShownRows<PrintableComment & { score: string }>(page, spread);
  return {
    shards,
    rows: rows.map((row) => ({ comment: { ...row, order: idOfScore(row.score) }, position: `s${row.score}`, printed: true })),
  };
}

async function readOthers(thread: string, limit: number, after: string | undefined, spread: ThreadPage['shards']): Promise<ShownRows<Row>> {
  const page = { index: 'thread', partition: thread, limit, ascending: false, after } as const;
  const { rows, shards } = await readShownRows<PrintableComment>(page, spread);
  return {
    shards,
    rows: rows.map((comment) => ({
      comment,
      position: `i${comment.order}`,
      printed: !(isApproved(comment.status) && totalReactions(comment.reactions) > 0),
    })),
  };
}
