import * as z from 'zod/mini';
import { readComments } from '#comments/comment-storage.ts';
import type { QueueName } from '#comments/rules/contribution.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { articleId, commentId, line } from '#http/scalars.ts';
import { applyDecision, type DecisionResult } from './apply-decision.ts';
import { giveBack } from './claims.ts';
import { decisionActions } from './rules/decision.ts';
import { queueOf } from './waiting.ts';

const decision = z.strictObject({
  articleId,
  commentId,
  action: z.enum(decisionActions),
  note: z.optional(line(1_000)),
  revision: z.optional(z.int().check(z.minimum(1))),
});

/** Decides on up to 25 comments, each on its own: what happened to each is told in the order asked. */
export const decideOnComments = endpoint({
  body: z.strictObject({ decisions: z.array(decision).check(z.minLength(1), z.maxLength(25)) }),
  handle: async ({ body: { decisions }, caller, now }) => {
    const comments = await readComments(
      decisions.map((each) => each.commentId),
      { consistent: true },
    );
    const decider = { actor: { id: caller.id, name: caller.name }, isAdmin: caller.roles.has('admin') };
    const results: { commentId: string; outcome: DecisionResult['outcome']; status: string | null }[] = [];
    const done = new Map<string, QueueName>();
    for (const each of decisions) {
      const before = comments.get(each.commentId);
      const waited = before && queueOf(before);
      const result = await applyDecision(each, before, decider).catch((error: unknown): DecisionResult => {
        const isFirst = !results.some(({ outcome }) => outcome === 'applied');
        if (isFirst || !(error instanceof Problem && error.code === 'unavailable')) throw error;
        // What was applied before has to be told: this one alone is to be looked at again.
        return { outcome: 'conflict', status: before?.status ?? null };
      });
      if (result.after !== undefined) comments.set(each.commentId, result.after);
      if (waited && result.after !== undefined && queueOf(result.after) === undefined) done.set(each.commentId, waited);
      results.push({ commentId: each.commentId, outcome: result.outcome, status: result.status });
    }
    await giveBack(done, now);
    return ok({ results });
  },
});
