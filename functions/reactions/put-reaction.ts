import * as z from 'zod/mini';
import { readApproved } from '#comments/shown-comment.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { recentPolicy } from '#moderation/policy-storage.ts';
import { react } from './reaction-storage.ts';

export const putReaction = endpoint({
  params: z.object({ articleId, commentId }),
  body: z.strictObject({ kind: z.string() }),
  handle: async ({ params, body: { kind }, caller, now }) => {
    const [{ policy }] = await Promise.all([recentPolicy(), readApproved(params.articleId, params.commentId, caller, now)]);
    if (!policy.reactions.includes(kind)) {
      const message = `must be one of ${policy.reactions.join(', ')}`;
      throw new Problem('invalid', 'There is no such reaction here.', { errors: [{ path: '/kind', message }] });
    }
    await react({ ...params, memberId: caller.id }, kind, now);
    return ok({ kind });
  },
});
