import { planErasure } from '#members/plan-erasure.ts';
import { planRejections } from '#moderation/plan-rejections.ts';
import { backoff } from '#table/backoff.ts';
import { tableName } from '#table/client.ts';
import { jobKey } from '#table/keys.ts';
import { type TransactItem, writeTransaction } from '#table/transaction.ts';
import { buildUpdate } from '#table/update.ts';
import type { Job, Task } from './job.ts';
import type { PlanStep, Step } from './step.ts';

/** How each kind of work plans its steps. */
const planners: { [K in Task['kind']]: PlanStep<Extract<Task, { kind: K }>> } = {
  'erase-member': planErasure,
  'reject-branch': planRejections,
  'reject-member': planRejections,
};

/** Times a step is planned anew when others changed in between what it was going to write. */
const tries = 6;
/** How long the report of a job is kept, in seconds. */
const keptSeconds = 30 * 24 * 60 * 60;

/**
 * Takes a job one step further: what the step does and how far the job then is are one transaction, so a crash or a second
 * delivery never repeats or forgets anything, and its counts are exact.
 *
 * @returns `false` when this image was carried out before, or a newer one is on its way
 * @throws Error when others stay in the way: the record comes again
 */
export async function advance(image: Job, now: Date): Promise<boolean> {
  const { task } = image;
  if (image.unsettled !== true || task === undefined) return false;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const step = await (planners[task.kind] as PlanStep<Task>)(task, image, now);
    const outcome = await writeTransaction([progress(image, step, now), ...step.writes]);
    if (outcome.kind === 'committed') return true;
    if (outcome.kind === 'refused' && outcome.items.includes(0)) return false;
    await backoff(attempt);
  }
  throw new Error(`a step of a job was hindered ${tries} times`);
}

function progress(job: Job, { counts, position }: Step, now: Date): TransactItem {
  const done = position === undefined;
  return {
    Update: {
      TableName: tableName,
      ...buildUpdate({
        key: jobKey(job.id),
        set: {
          position,
          version: job.version + 1,
          ...(done && {
            ...{ state: 'done', doneAt: now.toISOString(), task: undefined, unsettled: undefined },
            expiresAt: Math.floor(now.getTime() / 1_000) + keptSeconds,
          }),
        },
        add: Object.fromEntries(Object.entries(counts).map(([name, count]) => [`counts.${name}`, count])),
        expect: { version: job.version, unsettled: true },
      }),
    },
  };
}
