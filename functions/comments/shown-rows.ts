import { noSuchArticle } from '#articles/known-article.ts';
import { spreadOf } from '#table/keys.ts';
import { isRemovalMark, isSpreadMark, type Mark, readSpreadMark } from '#table/marks.ts';
import { type IndexPage, queryIndex } from '#table/query.ts';
import { type PrintableComment, sortedByTime } from './rules/view.ts';

/** Rows of an index that the public may see, and the shards over which the lists of their article are spread: 1 of nearly every one. */
export interface ShownRows<T> {
  rows: T[];
  shards: number;
}

/**
 * Reads comments of a list for the public, from all of its shards. The first page of an article's list meets the marks of a removed
 * or a hot article by itself; before any other page the article has to be asked, and `shards` tells what it said.
 *
 * @throws Problem `not-found` (404) where the article is marked as removed
 */
export async function readShownRows<T extends PrintableComment>(page: IndexPage, shards?: Promise<number> | number): Promise<ShownRows<T>> {
  const [first, told] = await Promise.all([readOneShard<T>(page), shards]);
  const spread = told ?? first.shards;
  if (spread === 1) return first;
  const others = Array.from({ length: spread - 1 }, (_, n) => queryIndex<T>({ ...page, partition: spreadOf(page.partition, n + 1) }));
  const rows = sortedByTime([first.rows, ...(await Promise.all(others))].flat(), page.ascending);
  return { rows: rows.slice(0, page.limit), shards: spread };
}

/**
 * Reads rows of a list that is not spread, or of the first shard of one that is.
 *
 * @throws Problem `not-found` (404) where the article is marked as removed
 */
export async function readOneShard<T>(page: IndexPage): Promise<ShownRows<T>> {
  const found = await queryIndex<T & Mark>(page);
  if (found.some(isRemovalMark)) throw noSuchArticle();
  const rows = found.filter((row) => !isSpreadMark(row));
  const first = found.find(isSpreadMark);
  // The mark at the other end of the list tells a walk nothing that it does not know.
  if (first === undefined || first !== found[0]) return { rows, shards: 1 };
  const { shards, position } = readSpreadMark(first, page.index);
  if (found.length < page.limit) return { rows, shards };
  // The mark took the place of a comment.
  return { ...(await readOneShard<T>({ ...page, after: position })), shards };
}
