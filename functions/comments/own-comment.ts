import type { Caller } from '#http/caller.ts';
import { Problem } from '#http/problem.ts';
import type { Comment } from './comment.ts';
import { readComment } from './comment-storage.ts';
import { isShown } from './rules/status.ts';

/**
 * Reads a comment that the caller means to change, as the last write left it.
 *
 * @throws Problem `not-found` (404) for what the caller cannot see, `forbidden` (403) for somebody else's
 */
export async function readOwnComment(articleId: string, commentId: string, caller: Caller): Promise<Comment> {
  const comment = await readComment(articleId, commentId, { consistent: true });
  if (comment?.authorId === caller.id) return comment;
  if (comment === undefined || !isShown(comment)) throw new Problem('not-found', 'There is no such comment.');
  throw new Problem('forbidden', 'Only its author may change a comment.');
}
