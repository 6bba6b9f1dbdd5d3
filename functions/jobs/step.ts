import type { TransactItem } from '#table/transaction.ts';
import type { Job, Position } from './job.ts';

/** One bounded step of a job: what it writes, and how the job stands once that is written. */
export interface Step {
  /** Written together with the job itself: all of it or nothing. */
  writes: TransactItem[];
  /** What to add to the job's counts. */
  counts: Job['counts'];
  /** Where the next step goes on; nothing when the work is done. */
  position: Position | undefined;
}

/** Writes that one step may have beside the job's own. */
export const writesPerStep = 99;

/** Looks at what is there and plans the next step; asked again when something came in between. */
export type PlanStep<T> = (task: T, job: Job, now: Date) => Promise<Step>;
