import type { Job } from '#jobs/job.ts';

/** What a member is told of the erasure of their data; it names nobody. */
export interface ErasureView {
  id: string;
  state: Job['state'];
  startedAt: string;
  doneAt: string | null;
  removed: { comments: number; reactions: number; reports: number };
}

export const viewOfErasure = ({ id, state, startedAt, doneAt, counts }: Job): ErasureView => {
  const { comments = 0, reactions = 0, reports = 0 } = counts;
  return { id, state, startedAt, doneAt: doneAt ?? null, removed: { comments, reactions, reports } };
};
