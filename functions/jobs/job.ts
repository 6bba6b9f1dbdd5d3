import type { Key } from '#table/keys.ts';

/** Long work: bounded steps, each woken by the one before. What it found and did so far is counted in `counts`. */
export interface Job {
  id: string;
  kind: Task['kind'];
  state: 'running' | 'done';
  startedAt: string;
  doneAt?: string;
  /** What the work is, and what it needs to go on; gone when it is done. */
  task?: Task;
  /** How far it has come, as its planner left it there. */
  position?: Position;
  counts: Record<string, number>;
  version: number;
  unsettled?: true;
}

/** Where a job goes on; what it means is its planner's own business. */
export type Position = Readonly<Record<string, string | number | undefined>>;

/** The work itself, by kind. */
export type Task =
  | { kind: 'erase-member'; memberId: string }
  | { kind: 'reject-branch'; articleId: string; commentId: string; by: Ordered }
  | { kind: 'reject-member'; memberId: string; days: number; by: Ordered };

/** Who ordered decisions, and the note that each is recorded with. */
export interface Ordered {
  actor: { id: string; name: string };
  note?: string;
}

export type JobItem = Key & Job;
