import type { Reply } from '#http/reply.ts';
import type { PrintableComment } from './rules/view.ts';

/** One page of comments, written as JSON text. */
export interface CommentPage {
  items: readonly string[];
  nextCursor: string | null;
}

/** Joins comments that are ready to print. */
export const printPage = ({ items, nextCursor }: CommentPage): string =>
  `{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;

export const pageReply = (page: CommentPage): Reply => ({ status: 200, body: printPage(page) });

/** Rows of several partitions of an index as one list: by their ids, which is by time, or by their place in the ranking. */
export const sortedBy = <T extends { order?: string; score?: string }>(
  sort: 'order' | 'score',
  rows: readonly T[],
  ascending: boolean,
): T[] => rows.toSorted((a, b) => ((a[sort] ?? '') < (b[sort] ?? '') === ascending ? -1 : 1));

/** Cuts what was read, one row beyond the page, to the page; tells the position to go on from if there is more. */
export function cutPage<T extends Pick<PrintableComment, 'order'>>(
  rows: readonly T[],
  limit: number,
): { rows: T[]; next: string | undefined } {
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? page.at(-1)?.order : undefined };
}

/** Bytes that Lambda takes as an answer, 6 MB as JSON ("Lambda quotas", AWS Lambda Developer Guide), less what stands around the items. */
const largestAnswer = 6 * 1024 * 1024 - 64 * 1024;
/** Bytes that a UTF-16 unit may come to in JSON within JSON. */
const mostBytes = 3;

/**
 * Cuts a page to what one answer takes: a hundred long comments may be more than that. A row that prints nothing is
 * `undefined`; at least one row is kept.
 */
export function fitPage<Row>(
  rows: readonly Row[],
  printed: readonly (string | undefined)[],
  end: { next: string | undefined; positionOf: (row: Row) => string },
): { items: string[]; next: string | undefined } {
  const fits = rowsThatFit(printed);
  const last = rows[fits - 1];
  return {
    items: printed.slice(0, fits).filter((item) => item !== undefined),
    next: fits < rows.length && last !== undefined ? end.positionOf(last) : end.next,
  };
}

/** How many of these, from the first on, one answer takes; one at least. */
export function rowsThatFit(printed: readonly (string | undefined)[]): number {
  const units = printed.reduce((sum, item = '') => sum + item.length, 0);
  if (units * mostBytes <= largestAnswer) return printed.length;
  let bytes = 0;
  const tooMuch = printed.findIndex((item) => {
    bytes += item === undefined ? 0 : Buffer.byteLength(JSON.stringify(item));
    return bytes > largestAnswer;
  });
  return tooMuch === -1 ? printed.length : Math.max(1, tooMuch);
}
