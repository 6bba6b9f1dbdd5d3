import * as z from 'zod/mini';
import { readComments } from '#comments/comment-storage.ts';
import { queueNames } from '#comments/rules/contribution.ts';
import { endpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { claimOldest } from './claim-oldest.ts';
import { printWaiting, readAuthors } from './waiting.ts';

/**
 * Claims the oldest comments of a queue that nobody else holds, appeals against the caller's own decisions aside; what the
 * caller holds already comes first, for another minute.
 */
export const claimComments = endpoint({
  params: z.object({ name: z.enum(queueNames) }),
  body: z.strictObject({ limit: z.int().check(z.minimum(1), z.maximum(25)) }),
  handle: async ({ params: { name }, body: { limit }, caller, now }) => {
    const { claim, comments } = await claimOldest(name, limit, caller, now);
    const [parents, authorOf] = await Promise.all([
      readComments(comments.flatMap(({ parentId }) => parentId ?? [])),
      readAuthors(
        comments.flatMap(({ authorId }) => authorId ?? []),
        now,
      ),
    ]);
    const items = comments.map((comment) =>
      printWaiting(comment, { parent: parents.get(comment.parentId ?? ''), author: authorOf(comment.authorId), claim }),
    );
    const claimedUntil = comments.length === 0 ? null : new Date(claim.until).toISOString();
    return ok(`{"items":[${items.join(',')}],"claimedUntil":${JSON.stringify(claimedUntil)}}`);
  },
});
