import { Problem } from '#http/problem.ts';
import { tableName } from '#table/client.ts';
import { commentKey, revisionKey } from '#table/keys.ts';
import { type TransactItem, writeTransaction } from '#table/transaction.ts';
import { buildUpdate } from '#table/update.ts';
import type { Comment } from './comment.ts';

/**
 * Writes an author's change over what was read: the comment, and whatever belongs to the change, in one transaction.
 * Settling screens and counts it.
 *
 * @returns whether it was written; if not, the comment has changed since it was read
 * @throws Problem `unavailable` (503) when other writes stay in the way
 */
export async function changeComment(
  before: Comment,
  set: Partial<Record<keyof Comment, unknown>>,
  besides: readonly TransactItem[] = [],
): Promise<boolean> {
  const outcome = await writeTransaction([buildChange(before, set), ...besides]);
  if (outcome.kind === 'busy') throw new Problem('unavailable', 'The comment is being changed.', { headers: { 'retry-after': '1' } });
  return outcome.kind === 'committed';
}

/** Builds a change of a comment over what was read of it: another revision, unless `set` says which. It also takes the names of its listings. */
export const buildChange = (before: Comment, set: object, expect: object = {}): TransactItem => ({
  Update: {
    TableName: tableName,
    ...buildUpdate({
      key: commentKey(before.order),
      set: { ...applied(before), revision: before.revision + 1, ...set, version: before.version + 1, unsettled: true },
      expect: { ...asRead(before), ...expect },
    }),
  },
});

/** What was decided since the last settling becomes part of the comment itself. */
export const applied = ({ decided, status, revision, view }: Comment) => (decided ? { status, revision, view, decided: undefined } : {});

/** What still holds of a comment while it is as it was read: every change moves `version`, and settling takes `unsettled` away. */
export const asRead = ({ version, unsettled }: Comment) => ({ version, unsettled });

/** Keeps what a comment said before an edit, also where nobody had seen it yet, and the verdicts on it. */
export const keepRevision = ({ order, revision, edited, view, verdict, verdicts }: Comment, now: Date): TransactItem => ({
  Put: {
    TableName: tableName,
    Item: { ...revisionKey(order, revision), view: edited ?? view, verdict, verdicts, until: now.toISOString() },
  },
});

/** Forgets an earlier revision. */
export const forgetRevision = (commentId: string, revision: number): TransactItem => ({
  Delete: { TableName: tableName, Key: revisionKey(commentId, revision) },
});
