import { uuidv7 } from 'uuidv7';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { accepted } from '#http/reply.ts';
import { buildStart, newJob } from '#jobs/job-storage.ts';
import { backoff } from '#table/backoff.ts';
import { writeTransaction } from '#table/transaction.ts';
import { viewOfErasure } from './erasure-view.ts';
import { buildForgetting } from './forget-member.ts';

/** Times it is tried again over posts and standings that come in between. */
const tries = 5;

/**
 * Erases all that is stored about the caller. The profile goes at once, but for what keeps a ban; the rest is a job, whose
 * report stays for a month and names nobody.
 */
export const deleteMe = endpoint({
  handle: async ({ caller, now }) => {
    const task = { kind: 'erase-member', memberId: caller.id } as const;
    const job = newJob(uuidv7(), task, { comments: 0, reactions: 0, reports: 0 }, now);
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const outcome = await writeTransaction([buildStart(job), ...(await buildForgetting(caller.id, now))]);
      if (outcome.kind === 'committed') return accepted(`/v1/me/erasures/${job.id}`, viewOfErasure(job));
      await backoff(attempt);
    }
    throw new Problem('unavailable', 'You are posting at this very moment.', { headers: { 'retry-after': '1' } });
  },
});
