import { setTimeout } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import { earliestId } from '#comments/rules/earliest-id.ts';
import { pathReaches } from '#comments/rules/path.ts';
import { createdAt } from '#comments/rules/view.ts';
import type { Job, Position, Task } from '#jobs/job.ts';
import type { Step } from '#jobs/step.ts';
import { tableName } from '#table/client.ts';
import { queryIndex } from '#table/query.ts';
import type { TransactItem } from '#table/transaction.ts';
import { buildUpdate } from '#table/update.ts';
import { buildDecision, planDecision } from './apply-decision.ts';

type Rejecting = Extract<Task, { kind: 'reject-branch' | 'reject-member' }>;

/** Comments looked at in one step. */
const rowsPerStep = 25;
/** Milliseconds in which an index certainly comes to show what was written. */
const indexLag = 1_000;

/** Where the work goes on: after a comment, the first time or, for what an index was late with, the last time. */
interface Place extends Position {
  after: string;
  last?: 1;
}

/**
 * Takes down a branch or what a member wrote, oldest first: each comment by a decision like any other, recorded under whoever
 * ordered it. What is down already stays as it is, and so does what nobody but its author sees.
 */
export async function planRejections(task: Rejecting, job: Job, now: Date): Promise<Step> {
  const { after, last } = (job.position ?? { after: beginningOf(task, job) }) as Place;
  const index = task.kind === 'reject-branch' ? 'article' : 'author';
  const partition = task.kind === 'reject-branch' ? task.articleId : task.memberId;
  const rows = await queryIndex<{ order: string }>({ index, partition, limit: rowsPerStep, ascending: true, after });
  const ids = rows.map(({ order }) => order);
  const found = await readComments(ids, { consistent: true });
  const comments = await concerned(
    task,
    ids.flatMap((id) => found.get(id) ?? []),
  );
  const writes = comments.flatMap((comment) => rejectionOf(comment, task));
  const counts = { examined: last ? 0 : comments.length, changed: writes.length };
  const end = ids.at(-1);
  if (rows.length === rowsPerStep && end !== undefined) return { writes, counts, position: { after: end, ...(last && { last }) } };
  if (last) return { writes, counts, position: undefined };
  await setTimeout(indexLag);
  return { writes, counts, position: { after: earliestId(now.getTime() - 2 * indexLag), last: 1 } };
}

/** What sorts before everything that the work is about. */
function beginningOf(task: Rejecting, { startedAt }: Job): string {
  if (task.kind === 'reject-member') return earliestId(Date.parse(startedAt) - task.days * 86_400_000);
  return earliestId(Date.parse(createdAt(task.commentId)));
}

async function concerned(task: Rejecting, comments: readonly Comment[]): Promise<Comment[]> {
  if (task.kind === 'reject-member') return comments.filter(({ authorId }) => authorId === task.memberId);
  const belongs = await Promise.all(comments.map((comment) => isInBranch(comment, task.commentId)));
  return comments.filter((_, n) => belongs[n]);
}

/** A comment remembers its nearest ancestors only: where they do not reach up to the root, the outermost of them knows more. */
async function isInBranch(comment: Comment, rootId: string): Promise<boolean> {
  if (comment.order === rootId) return true;
  for (let path = comment.path; path !== undefined; ) {
    const { reached, beyond } = pathReaches(path, rootId);
    if (reached) return true;
    path = beyond === undefined || beyond < rootId ? undefined : (await readComments([beyond])).get(beyond)?.path;
  }
  return false;
}

/** Decisions on what readers see or may come to see. */
function rejectionOf(comment: Comment, { by }: Rejecting): TransactItem[] {
  if (comment.status !== 'approved' && comment.status !== 'held' && comment.status !== 'pending') return [];
  const { order: commentId, articleId } = comment;
  const decision = { articleId, commentId, action: 'reject', note: by.note } as const;
  const planned = planDecision(decision, comment, { id: uuidv7(), actor: by.actor, isAdmin: false });
  return planned.kind === 'none' ? [] : [{ Update: { TableName: tableName, ...buildUpdate(buildDecision(planned, comment)) } }];
}
