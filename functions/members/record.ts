import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import type { CommentStatus } from '#comments/rules/status.ts';
import { getItem, getItems } from '#table/get.ts';
import { type Key, recordKey } from '#table/keys.ts';
import { countIndex, queryIndex } from '#table/query.ts';

/**
 * How many comments of a member are in each settled status but `approved`; settling keeps it. Approved comments are
 * almost all there are: counting them here would double what settling writes, and halve what fits a transaction.
 */
export type RecordItem = Key & Partial<Record<Exclude<CommentStatus, 'approved' | 'pending'>, number>>;

/** What became of a member's comments: how many are in each settled status. */
export type AuthorRecord = Record<Exclude<CommentStatus, 'pending'>, number>;

/** The records of members, by their id: one small count of the author index for each. */
export async function readRecords(memberIds: readonly string[]): Promise<Map<string, AuthorRecord>> {
  const ids = [...new Set(memberIds)];
  const [items, totals] = await Promise.all([
    getItems<RecordItem>(ids.map(recordKey)),
    Promise.all(ids.map((id) => countIndex('author', id))),
  ]);
  const found = new Map(items.map((item) => [item.pk, item]));
  return new Map(ids.map((id, n) => [id, recordOf(found.get(recordKey(id).pk), totals[n] ?? 0)]));
}

function recordOf(item: RecordItem | undefined, total: number): AuthorRecord {
  const { held = 0, rejected = 0, spam = 0, deleted = 0, muted = 0 } = item ?? {};
  return { approved: Math.max(0, total - held - rejected - spam - deleted - muted), held, rejected, spam, deleted, muted };
}

/** The record of one member. */
export async function readRecord(memberId: string): Promise<AuthorRecord> {
  const [item, total] = await Promise.all([getItem<RecordItem>(recordKey(memberId)), countIndex('author', memberId)]);
  return recordOf(item, total);
}

/** Comments of a member that are looked at where a rule depends on what became of them. */
export const recentlyPosted = 100;

/** A member's last {@link recentlyPosted} comments as they stand now, newest first. */
export const readRecentlyPosted = (memberId: string): Promise<Comment[]> =>
  readPosted(memberId, { limit: recentlyPosted, consistent: true });

/** A member's last `limit` comments, or the last before one of them, as they stand now, newest first. */
export async function readPosted(
  memberId: string,
  { limit, before, consistent = false }: { limit: number; before?: string | undefined; consistent?: boolean },
): Promise<Comment[]> {
  const rows = await queryIndex<{ order: string }>({ index: 'author', partition: memberId, limit, ascending: false, after: before });
  const comments = await readComments(
    rows.map(({ order }) => order),
    { consistent },
  );
  return rows.flatMap(({ order }) => comments.get(order) ?? []);
}
