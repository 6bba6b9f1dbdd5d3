import type { ArticleItem } from '#articles/article.ts';
import { Problem } from '#http/problem.ts';
import { getItems } from '#table/get.ts';
import { articleKey, commentKey } from '#table/keys.ts';
import { type Comment, type CommentItem, commentOf } from './comment.ts';
import { isApproved, isShown } from './rules/status.ts';

/**
 * Reads a comment that readers can see, be it as a tombstone. Its article is read in the same call: one that is off
 * public view takes its comments along.
 *
 * @throws Problem `not-found` (404) for what readers cannot see, or in another article
 */
export async function readShown(articleId: string, commentId: string): Promise<Comment> {
  const items = await getItems<ArticleItem | CommentItem>([articleKey(articleId), commentKey(commentId)]);
  const article = items.find((item): item is ArticleItem => item.pk === articleKey(articleId).pk);
  const comment = items.find((item): item is CommentItem => item.pk === commentKey(commentId).pk);
  const isPublic = article !== undefined && article.removedAt === undefined && comment?.article === articleId;
  if (!isPublic || !isShown(comment)) throw new Problem('not-found', 'There is no such comment.');
  return commentOf(comment);
}

/**
 * Reads a comment that a member reacts to or reports.
 *
 * @throws Problem `not-found` (404) for what readers cannot see, `conflict` (409) for a tombstone
 */
export async function readApproved(articleId: string, commentId: string): Promise<Comment> {
  const comment = await readShown(articleId, commentId);
  if (!isApproved(comment.status)) throw new Problem('conflict', 'This comment is no longer here.');
  return comment;
}
