import { setTimeout } from 'node:timers/promises';
import type { Job, Position, Task } from '#jobs/job.ts';
import type { Step } from '#jobs/step.ts';
import {
  type ErasePart,
  eraseClaims,
  eraseComments,
  eraseDecidingDays,
  eraseFromRecords,
  eraseProfile,
  eraseReactions,
  eraseReports,
} from './erase-parts.ts';

/** All that is stored about a member, in the order in which it is erased. */
const parts = {
  comments: eraseComments,
  reactions: eraseReactions,
  reports: eraseReports,
  records: eraseFromRecords,
  decidingDays: eraseDecidingDays,
  claims: eraseClaims,
  profile: eraseProfile,
} satisfies Record<string, ErasePart>;
type Part = keyof typeof parts;
const order = Object.keys(parts) as Part[];

/** Where an erasure goes on: within a part, and how much had been erased when this pass over all parts began. */
interface Place extends Position {
  part: Part;
  after?: string;
  erasedBefore: number;
}

/**
 * Milliseconds in which an index comes to show what was written before the erasure began, and by which clocks may differ:
 * what is written in them is erased too.
 */
const leeway = 1_000;

/**
 * Erases a member part by part. An index may lag behind the table, so the parts are gone over again until a pass finds
 * nothing any more.
 */
export async function planErasure({ memberId }: Extract<Task, { kind: 'erase-member' }>, job: Job, now: Date): Promise<Step> {
  const { part, after, erasedBefore } = (job.position ?? { part: 'comments', erasedBefore: 0 }) as Place;
  const { writes, erased, next } = await parts[part]({ memberId, until: Date.parse(job.startedAt) + leeway, after });
  const counts = erased === 0 ? {} : { [part]: erased };
  if (next !== undefined) return { writes, counts, position: { part, after: next, erasedBefore } };
  const following = order[order.indexOf(part) + 1];
  if (following !== undefined) return { writes, counts, position: { part: following, erasedBefore } };

  const erasedNow = Object.values(job.counts).reduce((sum, count) => sum + count, 0);
  const age = now.getTime() - Date.parse(job.startedAt);
  if (erasedNow === erasedBefore && age >= leeway) return { writes, counts, position: undefined };
  if (erasedNow === erasedBefore) await setTimeout(leeway - age);
  return { writes, counts, position: { part: 'comments', erasedBefore: erasedNow } };
}
