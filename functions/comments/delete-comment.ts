import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { Problem } from '#http/problem.ts';
import { noContent } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { backoff } from '#table/backoff.ts';
import { changeComment, forgetRevision } from './change-comment.ts';
import { readOwnComment } from './own-comment.ts';
import { erased } from './rules/erasure.ts';

/** Times a deletion is tried again over settling or a decision that came in between. */
const tries = 5;

/** An author takes a comment back: its text is gone for good, and its place stays where replies hang below it. */
export const deleteComment = endpoint({
  params: z.object({ articleId, commentId }),
  handle: async ({ params, ifMatch, caller }) => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const comment = await readOwnComment(params.articleId, params.commentId, caller);
      if (comment.status === 'deleted') return noContent;
      requireMatch(ifMatch, comment.revision);
      const forgotten = (comment.earlier ?? []).map((revision) => forgetRevision(comment.order, revision));
      if (await changeComment(comment, erased(comment), forgotten)) return noContent;
      await backoff(attempt);
    }
    throw new Problem('unavailable', 'The comment is being changed.', { headers: { 'retry-after': '1' } });
  },
});
