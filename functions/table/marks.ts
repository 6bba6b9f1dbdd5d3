import { articlePartitionOf, type Key, type Listing, threadOf } from './keys.ts';

/** A row that stands among the comments of an article and says something of the article. */
export type ListMark = Key & Listing & { rank?: string; score?: string; view?: string };

/**
 * The marks of a removed article, one at each end of its top level. Whoever reads the first page of it, in any order,
 * meets one with the comments and need not ask for the article as well. No id and no score sorts before `!` or after `~`.
 */
export function removalMarks(articleId: string): ListMark[] {
  const thread = threadOf(articleId, null);
  return [
    { ...articlePartitionOf(articleId), sk: `${removal}oldest`, thread, order: first },
    { ...articlePartitionOf(articleId), sk: `${removal}newest`, thread, order: last, rank: thread, score: last },
  ];
}

/** The marks of a hot article, at the ends of all its lists: they tell how many shards these are spread over. */
export function spreadMarks(articleId: string, shards: number): ListMark[] {
  const lists = { thread: threadOf(articleId, null), flat: articleId, view: String(shards) };
  return [
    { ...articlePartitionOf(articleId), sk: `${spread}oldest`, ...lists, order: first },
    { ...articlePartitionOf(articleId), sk: `${spread}newest`, ...lists, order: last, rank: lists.thread, score: last },
  ];
}

const removal = 'removed#';
const spread = 'spread#';
const first = '!';
const last = '~';

/** Whether a row of an index marks a removed article; every index carries the keys of its items. */
export const isRemovalMark = ({ sk }: Pick<Key, 'sk'>): boolean => sk.startsWith(removal);

/** Whether a row of an index marks a hot article. */
export const isSpreadMark = ({ sk }: Pick<Key, 'sk'>): boolean => sk.startsWith(spread);

/** Over how many shards the lists of a hot article are spread, as a mark of it tells. */
export const shardsTold = ({ view }: ListMark): number => Number(view);

/** What takes an article out of every list. */
export const unlisted = { thread: undefined, flat: undefined, order: undefined } satisfies { [K in keyof Listing]: undefined };
