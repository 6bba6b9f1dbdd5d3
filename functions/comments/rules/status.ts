import type { PostingStanding } from '#members/rules/standing.ts';

/**
 * Where a comment stands. `pending` is being screened; `held` waits for a moderator; `muted` is what a muted member
 * posted; `deleted` is the author's own doing.
 */
export const commentStatuses = ['pending', 'approved', 'held', 'rejected', 'spam', 'deleted', 'muted'] as const;
export type CommentStatus = (typeof commentStatuses)[number];

/** Readers see what is approved; everything else is hidden, or a tombstone where visible replies hang below it. */
export const isApproved = (status: CommentStatus): boolean => status === 'approved';

/**
 * What a comment starts as. In an open article it is visible at once, unless its author's standing keeps it back; somebody
 * muted is answered like everybody else.
 */
export function firstStatus(open: boolean, standing: PostingStanding): CommentStatus {
  if (!open || standing === 'held') return 'pending';
  return standing === 'muted' ? 'muted' : 'approved';
}

/** A comment as a member sees it: to its author alone, what is muted looks approved. */
export const seenBy = <T extends { status: CommentStatus; authorId?: string }>(memberId: string, comment: T): T =>
  comment.status === 'muted' && comment.authorId === memberId ? { ...comment, status: 'approved' } : comment;

/** Whether readers find a comment at all: approved, or counted as a tombstone over something that is shown. */
export const isShown = (comment: { status: CommentStatus; counted?: { shown: boolean } }): boolean =>
  isApproved(comment.status) || (comment.counted?.shown ?? false);

/** What a tombstone says: the author withdrew the comment, or it was taken down. */
export const tombstoneStatus = (status: CommentStatus): 'deleted' | 'removed' => (status === 'deleted' ? 'deleted' : 'removed');
