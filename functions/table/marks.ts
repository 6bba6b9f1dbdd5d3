import { articlePartitionOf, type Key, type Listing, threadOf } from './keys.ts';

/** A row that stands among the comments of an article and says something of the article. */
type ListMark = Key & Listing & { rank?: string; score?: string; view?: string };

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

/**
 * What a mark is known by among the rows of a list: it stands where no comment does, and one of a hot article says something. The view of a
 * comment may be bytes.
 */
export type ListRow = Pick<ListMark, 'order' | 'score'> & { view?: string | Uint8Array };

const isMark = ({ order, score }: ListRow): boolean => [order, score].some((position) => position === first || position === last);

/** Whether a row of an index marks a removed article. */
export const isRemovalMark = (row: ListRow): boolean => isMark(row) && row.view === undefined;

/** Whether a row of an index marks a hot article. */
export const isSpreadMark = (row: ListRow): boolean => isMark(row) && row.view !== undefined;

/** Over how many shards the lists of a hot article are spread, as a mark of it tells. */
export const shardsTold = ({ view }: ListRow): number => Number(view);

/** What takes an article out of every list. */
export const unlisted = { thread: undefined, flat: undefined, order: undefined } satisfies { [K in keyof Listing]: undefined };
