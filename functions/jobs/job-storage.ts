import { tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { jobKey } from '#table/keys.ts';
import type { TransactItem } from '#table/transaction.ts';
import type { Job, JobItem, Task } from './job.ts';

/** A job that has just begun. Its id is a UUIDv7, so it tells when. */
export const newJob = (id: string, task: Task, counts: Job['counts'], now: Date): Job => ({
  ...{ id, kind: task.kind, state: 'running', startedAt: now.toISOString(), task, counts, version: 1, unsettled: true },
});

/** Builds what starts a job: its item wakes the first step. */
export const buildStart = (job: Job): TransactItem => ({
  Put: { TableName: tableName, Item: { ...jobKey(job.id), ...job } satisfies JobItem, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Reads a job as its last step left it. */
export const readJob = (id: string): Promise<Job | undefined> => getItem<JobItem>(jobKey(id), { consistent: true });
