import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { jobId } from '#http/scalars.ts';
import { readJob } from '#jobs/job-storage.ts';
import { viewOfJob } from './job-view.ts';

/** How far a job of the moderators is. An erasure is its member's own affair. */
export const getJob = endpoint({
  params: z.object({ jobId }),
  handle: async ({ params }) => {
    const job = await readJob(params.jobId);
    if (job === undefined || job.kind === 'erase-member') throw new Problem('not-found', 'There is no such job.');
    return ok(viewOfJob(job));
  },
});
