import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { readComment } from '#comments/comment-storage.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { accepted } from '#http/reply.ts';
import { articleId, commentId, line, memberId } from '#http/scalars.ts';
import { buildStart, newJob } from '#jobs/job-storage.ts';
import { writeTransaction } from '#table/transaction.ts';
import { auditRecord } from './audit-record.ts';
import { viewOfJob } from './job-view.ts';

/** How far back everything that a member wrote may be taken down. */
const mostDays = 365;

const note = z.optional(line(1_000));
const body = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reject-branch'), articleId, commentId, note }),
  z.strictObject({ kind: z.literal('reject-member'), memberId, days: z.int().check(z.minimum(1), z.maximum(mostDays)), note }),
]);

/** Takes down a whole branch, or all that a member wrote in the last days: work that goes on after the answer. */
export const startJob = endpoint({
  body,
  handle: async ({ body: { note, ...what }, caller, now }) => {
    if (what.kind === 'reject-branch') await requireComment(what.articleId, what.commentId);
    const actor = { id: caller.id, name: caller.name };
    const job = newJob(uuidv7(), { ...what, by: { actor, ...(note !== undefined && { note }) } }, { examined: 0, changed: 0 }, now);
    const { kind, ...concerning } = what;
    const record = auditRecord({ id: uuidv7(), actor, action: kind, ...concerning, before: null, after: job.id, note });
    const outcome = await writeTransaction([buildStart(job), record]);
    if (outcome.kind === 'committed') return accepted(`/v1/moderation/jobs/${job.id}`, viewOfJob(job));
    throw new Problem('unavailable', 'The job could not be started.', { headers: { 'retry-after': '1' } });
  },
});

async function requireComment(articleId: string, commentId: string): Promise<void> {
  if ((await readComment(articleId, commentId)) !== undefined) return;
  throw new Problem('invalid', 'There is no such branch.', {
    errors: [{ path: '/commentId', message: 'names no comment of this article' }],
  });
}
