import { articlePartitionOf, type Key, type Listing, threadOf } from './keys.ts';

/** A row that stands in the thread of a removed article, and in its ranking. */
type RemovalMark = Key & Listing & { rank?: string; score?: string };

/**
 * The marks of a removed article, one at each end of its top level. Whoever reads the first page of it, in any order,
 * meets one with the comments and need not ask for the article as well. No id and no score sorts before `!` or after `~`.
 */
export function removalMarks(articleId: string): RemovalMark[] {
  const thread = threadOf(articleId, null);
  return [
    { ...articlePartitionOf(articleId), sk: `${mark}oldest`, thread, order: '!' },
    { ...articlePartitionOf(articleId), sk: `${mark}newest`, thread, order: '~', rank: thread, score: '~' },
  ];
}

const mark = 'removed#';

/** Whether a row of an index is such a mark; every index carries the keys of its items. */
export const isRemovalMark = ({ sk }: Pick<Key, 'sk'>): boolean => sk.startsWith(mark);

/** What takes an article out of every list. */
export const unlisted = { thread: undefined, flat: undefined, order: undefined } satisfies { [K in keyof Listing]: undefined };
