/**
 * Where a comment stands. `pending` is being screened; `held` waits for a moderator; `muted` is what a muted member
 * posted; `deleted` is the author's own doing.
 */
export const commentStatuses = ['pending', 'approved', 'held', 'rejected', 'spam', 'deleted', 'muted'] as const;
export type CommentStatus = (typeof commentStatuses)[number];

/** Readers see what is approved; everything else is hidden, or a tombstone where visible replies hang below it. */
export const isApproved = (status: CommentStatus): boolean => status === 'approved';

/** Whether readers find a comment at all: approved, or counted as a tombstone over something that is shown. */
export const isShown = (comment: { status: CommentStatus; counted?: { shown: boolean } }): boolean =>
  isApproved(comment.status) || (comment.counted?.shown ?? false);

/** What a tombstone says: the author withdrew the comment, or it was taken down. */
export const tombstoneStatus = (status: CommentStatus): 'deleted' | 'removed' => (status === 'deleted' ? 'deleted' : 'removed');
