import { uuidv7 } from 'uuidv7';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { accepted } from '#http/reply.ts';
import { buildStart, newJob } from '#jobs/job-storage.ts';
import { tableName } from '#table/client.ts';
import { memberKey } from '#table/keys.ts';
import { writeTransaction } from '#table/transaction.ts';
import { viewOfErasure } from './erasure-view.ts';

/**
 * Erases all that is stored about the caller. The profile goes at once; the rest is a job, whose report stays for a month
 * and names nobody.
 */
export const deleteMe = endpoint({
  handle: async ({ caller, now }) => {
    const task = { kind: 'erase-member', memberId: caller.id } as const;
    const job = newJob(uuidv7(), task, { comments: 0, reactions: 0, reports: 0 }, now);
    const profile = { Delete: { TableName: tableName, Key: memberKey(caller.id) } };
    const outcome = await writeTransaction([buildStart(job), profile]);
    if (outcome.kind === 'committed') return accepted(`/v1/me/erasures/${job.id}`, viewOfErasure(job));
    throw new Problem('unavailable', 'You are posting at this very moment.', { headers: { 'retry-after': '1' } });
  },
});
