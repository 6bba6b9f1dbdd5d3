import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { jobId } from '#http/scalars.ts';
import { readJob } from '#jobs/job-storage.ts';
import { viewOfErasure } from './erasure-view.ts';

/**
 * How far an erasure is, and what it removed. Afterwards nothing tells whose it was, so whoever knows its id may read it:
 * 74 random bits (RFC 9562 §5.7), and nothing but counts.
 */
export const getErasure = endpoint({
  params: z.object({ erasureId: jobId }),
  handle: async ({ params, caller }) => {
    const job = await readJob(params.erasureId);
    const isOwn = job?.task === undefined || (job.task.kind === 'erase-member' && job.task.memberId === caller.id);
    if (job?.kind !== 'erase-member' || !isOwn) {
      throw new Problem('not-found', 'There is no such erasure.');
    }
    return ok(viewOfErasure(job));
  },
});
