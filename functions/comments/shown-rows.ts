import { noSuchArticle } from '#articles/known-article.ts';
import type { Key } from '#table/keys.ts';
import { type IndexPage, queryIndex } from '#table/query.ts';
import { isRemovalMark } from '#table/removal.ts';

/**
 * Reads rows of an index for the public. The first page of an article's top level, in whatever order, meets the mark of
 * a removed article by itself; before any other page the article has to be asked.
 *
 * @throws Problem `not-found` (404) where the article is marked as removed
 */
export async function readShownRows<T>(page: IndexPage): Promise<T[]> {
  const rows = await queryIndex<T & Key>(page);
  if (rows.some(isRemovalMark)) throw noSuchArticle();
  return rows;
}
