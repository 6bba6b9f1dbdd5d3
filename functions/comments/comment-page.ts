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

/** Cuts what was read, one row beyond the page, to the page; tells the position to go on from if there is more. */
export function cutPage<T extends Pick<PrintableComment, 'order'>>(
  rows: readonly T[],
  limit: number,
): { rows: T[]; next: string | undefined } {
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? page.at(-1)?.order : undefined };
}
