import { backoff } from '#table/backoff.ts';
import { tableName } from '#table/client.ts';
import { getItem, getItems } from '#table/get.ts';
import { commentKey, identityListing, visibleListing } from '#table/keys.ts';
import { type TransactItem, writeTransaction } from '#table/transaction.ts';
import { writeNew } from '#table/write.ts';
import { type Comment, type CommentItem, commentOf } from './comment.ts';
import { isApproved } from './rules/status.ts';

/**
 * Writes a new comment: one conditional write that touches no counter; with the answer that is kept for its
 * `Idempotency-Key`, both or neither.
 *
 * @returns `false` when an answer is kept already
 */
export async function writeNewComment(comment: Comment, keptAnswer?: TransactItem): Promise<boolean> {
  const item = itemOf(comment);
  if (keptAnswer !== undefined) {
    return writeBoth([{ Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } }, keptAnswer]);
  }
  // The id is new in the world: if it is there, then by our own write, whose answer was lost and which the SDK repeated.
  await writeNew(item);
  return true;
}

/** Times that the same request, under way twice, may be in its own way. */
const tries = 5;

async function writeBoth(items: TransactItem[]): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await writeTransaction(items);
    if (outcome.kind !== 'busy' || attempt === tries) return outcome.kind === 'committed';
    await backoff(attempt);
  }
}

/** The item of a comment that nothing has been settled of. */
export function itemOf(comment: Comment): CommentItem {
  const { articleId, authorId, parentId, ...rest } = comment;
  const approved = isApproved(comment.status);
  return {
    ...commentKey(comment.order),
    ...identityListing({ id: comment.order, articleId, authorId }),
    ...visibleListing({
      ...{ articleId, parentId: parentId ?? null, shard: comment.shard ?? 0 },
      ...{ shown: approved, approved, queue: null, score: null },
    }),
    ...rest,
    ...(parentId !== undefined && { parentId }),
    article: articleId,
  } as CommentItem;
}

/** Reads a comment of an article; one of another article is as good as none. */
export async function readComment(
  articleId: string,
  commentId: string,
  options: { consistent?: boolean } = {},
): Promise<Comment | undefined> {
  const item = await getItem<CommentItem>(commentKey(commentId), options);
  return item?.article === articleId ? commentOf(item) : undefined;
}

/** Reads comments by id, at most a hundred at a time from the store, by id. */
export async function readComments(commentIds: readonly string[], options: { consistent?: boolean } = {}): Promise<Map<string, Comment>> {
  const items = await getItems<CommentItem>(commentIds.map(commentKey), options);
  return new Map(items.map((item) => [item.order ?? '', commentOf(item)]));
}
