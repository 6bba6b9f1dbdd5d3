import { buildChange, forgetRevision } from '#comments/change-comment.ts';
import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import { idempotencySeconds } from '#comments/idempotency.ts';
import { type Difference, statusDifference, sumOf } from '#comments/rules/contribution.ts';
import { erased } from '#comments/rules/erasure.ts';
import { createdAt } from '#comments/rules/view.ts';
import { writesPerStep } from '#jobs/step.ts';
import { type AuditItem, withoutMember } from '#moderation/audit-record.ts';
import { buildLeave } from '#moderation/claims.ts';
import { tableName } from '#table/client.ts';
import { getItem, getItems } from '#table/get.ts';
import {
  answersPartitionOf,
  auditAbout,
  decidingDaysOf,
  type Key,
  reactionKey,
  reactionsBy,
  recordKey,
  reportKey,
  reportsBy,
} from '#table/keys.ts';
import { queryIndex, queryPartition } from '#table/query.ts';
import type { TransactItem } from '#table/transaction.ts';
import { buildRemoval, buildUpdate } from '#table/update.ts';

/** Whose data is erased, since when, and where to go on. */
interface Erasing {
  memberId: string;
  /** What the member does later is a new beginning, and stays; milliseconds since 1970. */
  until: number;
  after: string | undefined;
}

interface Erased {
  writes: TransactItem[];
  erased: number;
  /** Where there may be more. */
  next: string | undefined;
}

/** Plans to erase the next few things of one sort, as many as one transaction takes. */
export type ErasePart = (erasing: Erasing) => Promise<Erased>;

/** Rows looked at in one step; a comment that was often edited takes many writes. */
const rowsPerStep = 25;

/** Comments become tombstones, or nothing where nothing hangs below them: without text, without author. */
export const eraseComments: ErasePart = async ({ memberId, until, after }) => {
  const rows = await queryIndex<{ order: string }>({ index: 'author', partition: memberId, limit: rowsPerStep, ascending: true, after });
  const due = rows.map(({ order }) => order).filter((id) => Date.parse(createdAt(id)) <= until);
  const comments = await readComments(due, { consistent: true });
  const writes: TransactItem[] = [];
  const differences: Difference[] = [];
  let count = 0;
  let last: string | undefined;
  for (const id of due) {
    const comment = comments.get(id);
    const own = comment?.authorId === memberId ? erasureOf(comment) : [];
    // One write is left for the record.
    if (writes.length + own.length >= writesPerStep) break;
    last = id;
    if (comment === undefined || own.length === 0) continue;
    writes.push(...own);
    differences.push(statusDifference(comment.counted, undefined));
    count += 1;
  }
  const { approved: _, ...others } = sumOf(differences);
  if (Object.keys(others).length > 0) writes.push(update({ key: recordKey(memberId), add: others }));
  const isAll = rows.length < rowsPerStep && last === due.at(-1);
  return { writes, erased: count, next: isAll || due.length === 0 ? undefined : last };
};

/**
 * What was counted of the comment has to stand still meanwhile: the author's record holds it too, and gives it back here,
 * because settling will no longer know whose the comment was.
 */
const erasureOf = (comment: Comment): TransactItem[] => [
  buildChange(comment, { ...erased(comment), author: undefined }, { counted: comment.counted, unsettled: comment.unsettled }),
  ...(comment.earlier ?? []).map((revision) => forgetRevision(comment.order, revision)),
];

/** A reaction or a report: settling takes it out of the comment's sums, and then removes it. */
type StoredMark = Key & { order: string; view?: string; at?: string; version: number };

const eraseMarks =
  (partitionOf: (memberId: string) => string, keyOf: (commentId: string, memberId: string) => Key): ErasePart =>
  async ({ memberId, until, after }) => {
    const partition = partitionOf(memberId);
    const rows = await queryIndex<{ order: string }>({ index: 'author', partition, limit: rowsPerStep, ascending: true, after });
    const marks = await getItems<StoredMark>(
      rows.map(({ order }) => keyOf(order, memberId)),
      { consistent: true },
    );
    // A reaction without a time is from before it was noted.
    const isDue = ({ view, at }: StoredMark) => view !== undefined && (at === undefined || Date.parse(at) <= until);
    const writes = marks.filter(isDue).map(withdrawalOf);
    return { writes, erased: writes.length, next: rows.length < rowsPerStep ? undefined : rows.at(-1)?.order };
  };

const withdrawalOf = ({ pk, sk, version }: StoredMark): TransactItem =>
  update({
    key: { pk, sk },
    set: { view: undefined, flat: undefined, note: undefined, at: undefined, version: version + 1, unsettled: true },
    expect: { version },
  });

export const eraseReactions: ErasePart = eraseMarks(reactionsBy, reactionKey);
export const eraseReports: ErasePart = eraseMarks(reportsBy, reportKey);

/**
 * What moderators did stays recorded, but not whom it concerned: a decision may be recorded while an erasure goes on, so all
 * there are lose the member, whenever they were taken.
 */
export const eraseFromRecords: ErasePart = async ({ memberId, after }) => {
  const partition = auditAbout(memberId);
  const rows = await queryIndex<Key & { order: string }>({ index: 'author', partition, limit: rowsPerStep, ascending: true, after });
  const records = await getItems<AuditItem>(rows, { consistent: true });
  const writes = records
    .filter(({ author }) => author === partition)
    .map(({ pk, sk, view }) => update({ key: { pk, sk }, set: { author: undefined, view: withoutMember(view) } }));
  return { writes, erased: writes.length, next: rows.length < rowsPerStep ? undefined : rows.at(-1)?.order };
};

/**
 * How much somebody decided on each day: the item goes by their id. A decision that settles after all of this counts again,
 * under the id and name that its record has too, and keeps: whoever decided has to answer for it.
 */
export const eraseDecidingDays: ErasePart = async ({ memberId, after }) => {
  const partition = decidingDaysOf(memberId);
  const rows = await queryIndex<Key & { order: string }>({ index: 'author', partition, limit: rowsPerStep, ascending: true, after });
  const writes = rows.map(({ pk, sk }): TransactItem => ({ Delete: { TableName: tableName, Key: { pk, sk } } }));
  return { writes, erased: writes.length, next: rows.length < rowsPerStep ? undefined : rows.at(-1)?.order };
};

/** What a moderator holds of the queues: it ends within a minute, but would be read as long as nobody else claims. */
export const eraseClaims: ErasePart = async ({ memberId }) => ({ writes: await buildLeave(memberId), erased: 0, next: undefined });

/** One write is left for the record. */
const answersPerStep = writesPerStep - 1;

/** The answers kept for `Idempotency-Key`, which quote comments, and the record once it counts nothing any more. */
export const eraseProfile: ErasePart = async ({ memberId, until, after }) => {
  const [rows, record] = await Promise.all([
    queryPartition<Key & { expiresAt?: number }>(answersPartitionOf(memberId), { limit: answersPerStep, consistent: true, after }),
    getItem<Key>(recordKey(memberId), { consistent: true }),
  ]);
  const answers = rows.filter((row) => ((row.expiresAt ?? 0) - idempotencySeconds) * 1_000 <= until);
  const writes = [
    ...answers.map(({ pk, sk }): TransactItem => ({ Delete: { TableName: tableName, Key: { pk, sk } } })),
    ...(record === undefined ? [] : removalOfEmpty(record)),
  ];
  return { writes, erased: 0, next: rows.length < answersPerStep ? undefined : rows.at(-1)?.sk };
};

function removalOfEmpty({ pk, sk, ...counts }: Key): TransactItem[] {
  if (Object.values(counts).some((count) => count !== 0)) return [];
  return [{ Delete: { TableName: tableName, ...buildRemoval({ key: { pk, sk }, expect: counts }) } }];
}

const update = (change: Parameters<typeof buildUpdate>[0]): TransactItem => ({
  Update: { TableName: tableName, ...buildUpdate(change) },
});
