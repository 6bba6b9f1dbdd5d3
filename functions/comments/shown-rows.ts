import { noSuchArticle } from '#articles/known-article.ts';
import { indexSort, partitionOfShard } from '#table/keys.ts';
import { isRemovalMark, isSpreadMark, type ListRow, shardsTold } from '#table/marks.ts';
import { type IndexPage, queryIndex } from '#table/query.ts';
import { sortedBy } from './comment-page.ts';
import { type PrintableComment, printed } from './rules/view.ts';

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
  const reading = readOneShard<T>(page);
  const told = shards ?? reading.then((first) => first.shards);
  const [first, spread, others] = await Promise.all([reading, told, readOtherShards<T>(page, told)]);
  if (others.length === 0) return { rows: first.rows, shards: spread };
  const rows = sortedBy(indexSort[page.index], [...first.rows, ...others], page.ascending);
  return { rows: rows.slice(0, page.limit), shards: spread };
}

async function readOtherShards<T>(page: IndexPage, shards: Promise<number> | number): Promise<T[]> {
  const others = Array.from({ length: (await shards) - 1 }, (_, n) =>
    readRows<T>({ ...page, partition: partitionOfShard(page.partition, n + 1) }),
  );
  return (await Promise.all(others)).flat();
}

/**
 * Reads rows of a list that is not spread, or of the first shard of one that is. A removed article may be hot too, and its marks lie
 * side by side in no order: a page of two rows meets both.
 *
 * @throws Problem `not-found` (404) where the article is marked as removed
 */
async function readOneShard<T>(page: IndexPage): Promise<ShownRows<T>> {
  const found = await readRows<T & ListRow>(page);
  if (found.some(isRemovalMark)) throw noSuchArticle();
  const rows = found.filter((row) => !isSpreadMark(row));
  const first = found.find(isSpreadMark);
  // Met anywhere else, a mark is that of the far end, and tells a walk nothing that it does not know.
  if (first === undefined || first !== found[0]) return { rows, shards: 1 };
  const shards = shardsTold(first);
  const last = rows.at(-1);
  if (found.length < page.limit || last === undefined) return { rows, shards };
  // The mark took the place of a comment.
  const { rows: missing } = await readOneShard<T>({ ...page, limit: 1, after: last[indexSort[page.index]] });
  return { rows: [...rows, ...missing], shards };
}

/** Reads what a page prints and no other attribute: taking those apart would be a quarter of what a query computes. */
const readRows = <T>(page: IndexPage): Promise<T[]> => queryIndex<T>({ ...page, attributes: [indexSort[page.index], ...printed] });
