import { tableName } from '#table/client.ts';
import { articleKey, articleTallyKey } from '#table/keys.ts';
import { removalMarks, unlisted } from '#table/marks.ts';
import type { TransactItem } from '#table/transaction.ts';
import { buildUpdate } from '#table/update.ts';

/**
 * Builds what takes an article off public view, whatever the number of its comments: the article leaves the lists, its
 * count says nothing any more, and its thread is marked at both ends. No comment is touched, so moderators go on as before
 * and settling goes on counting.
 */
export function buildRemoval(articleId: string, overRevision: number, now: Date): TransactItem[] {
  return [
    {
      Update: {
        TableName: tableName,
        ...buildUpdate({
          key: articleKey(articleId),
          set: { ...unlisted, removedAt: now.toISOString(), revision: overRevision + 1 },
          expect: { revision: overRevision, removedAt: undefined },
        }),
      },
    },
    { Update: { TableName: tableName, ...buildUpdate({ key: articleTallyKey(articleId), set: { removed: true } }) } },
    ...removalMarks(articleId).map((mark) => ({ Put: { TableName: tableName, Item: mark } })),
  ];
}

/** Builds what makes the comments of an article public again, beside the article itself. */
export function buildReturn(articleId: string): TransactItem[] {
  return [
    { Update: { TableName: tableName, ...buildUpdate({ key: articleTallyKey(articleId), set: { removed: undefined } }) } },
    ...removalMarks(articleId).map(({ pk, sk }) => ({ Delete: { TableName: tableName, Key: { pk, sk } } })),
  ];
}
