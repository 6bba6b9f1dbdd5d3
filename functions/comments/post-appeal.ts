import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { created } from '#http/reply.ts';
import { articleId, commentId, line } from '#http/scalars.ts';
import { backoff } from '#table/backoff.ts';
import { changeComment } from './change-comment.ts';
import type { Comment } from './comment.ts';
import { readOwnComment } from './own-comment.ts';
import { isTakenDown, viewOfAppeal } from './rules/appeal.ts';

/** Times an appeal is tried again over settling or a decision that came in between. */
const tries = 5;

/**
 * An author appeals, once, against the taking down of their comment; whoever is banned may as well. The comment stays what it
 * was, revision included: settling puts it before a moderator.
 */
export const postAppeal = endpoint({
  params: z.object({ articleId, commentId }),
  body: z.strictObject({ note: line(1_000) }),
  handle: async ({ params, body: { note }, caller, now }) => {
    const appeal = { note, at: now.toISOString() };
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const comment = await readOwnComment(params.articleId, params.commentId, caller);
      requireAppealable(comment);
      if (await changeComment(comment, { appeal, revision: comment.revision })) {
        return created(`/v1/articles/${params.articleId}/comments/${params.commentId}/appeal`, viewOfAppeal(appeal));
      }
      await backoff(attempt);
    }
    throw new Problem('unavailable', 'The comment is being changed.', { headers: { 'retry-after': '1' } });
  },
});

function requireAppealable({ status, appeal }: Comment): void {
  if (appeal !== undefined) throw new Problem('conflict', 'You have appealed already.');
  if (!isTakenDown(status)) throw new Problem('conflict', 'Only what was taken down can be appealed against.');
}
