import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { noContent } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { withdraw } from './reaction-storage.ts';

/** A reaction can always be taken back, also from a comment that is no longer shown. */
export const deleteReaction = endpoint({
  params: z.object({ articleId, commentId }),
  handle: async ({ params, caller }) => {
    await withdraw({ commentId: params.commentId, memberId: caller.id });
    return noContent;
  },
});
