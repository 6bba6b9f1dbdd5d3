import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import type { CommentStatus } from '#comments/rules/status.ts';
import { type Key, memberKey, memberPartitionOf, recordKey } from '#table/keys.ts';
import { queryIndex, queryPartition } from '#table/query.ts';
import type { MemberItem } from './member-storage.ts';

/**
 * How many comments of a member are in each settled status but `approved`; settling keeps it. Approved comments are
 * almost all there are: counting them here would double what settling writes, and halve what fits a transaction.
 */
export type RecordItem = Key & Partial<Record<Exclude<CommentStatus, 'approved' | 'pending'>, number>>;

/** What became of a member's comments: how many are in each settled status. */
export type AuthorRecord = Record<Exclude<CommentStatus, 'pending'>, number>;

/** An author: the member as the table knows them, and what became of what they posted. */
export interface KnownAuthor {
  member: MemberItem;
  record: AuthorRecord;
}

/**
 * Reads an author; of somebody never seen nothing is known. One query of half a unit, however much they have posted: what is
 * approved is what was posted and is nothing else, so what is being screened counts as approved for as long as that takes.
 */
export async function readAuthor(memberId: string, options: { consistent?: boolean } = {}): Promise<KnownAuthor> {
  const items = await queryPartition<Key>(memberPartitionOf(memberId), { limit: 2, ...options });
  const found = (sk: string) => items.find((item) => item.sk === sk) ?? {};
  const member = found(memberKey('').sk) as MemberItem;
  const { held = 0, rejected = 0, spam = 0, deleted = 0, muted = 0 } = found(recordKey('').sk) as Partial<RecordItem>;
  const approved = Math.max(0, (member.posted ?? 0) - held - rejected - spam - deleted - muted);
  return { member, record: { approved, held, rejected, spam, deleted, muted } };
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
