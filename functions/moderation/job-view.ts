import type { Job } from '#jobs/job.ts';

/** How far the work of a moderator's job is. */
export interface JobView {
  id: string;
  kind: 'reject-branch' | 'reject-member';
  state: Job['state'];
  startedAt: string;
  doneAt: string | null;
  /** Comments looked at that it is about, and how many of them it took down. */
  examined: number;
  changed: number;
}

export const viewOfJob = ({ id, kind, state, startedAt, doneAt, counts: { examined = 0, changed = 0 } }: Job): JobView => ({
  id,
  kind: kind as JobView['kind'],
  state,
  startedAt,
  doneAt: doneAt ?? null,
  examined,
  changed,
});
