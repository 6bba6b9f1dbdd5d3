import type { Comment } from '../comment.ts';

/**
 * Whether a comment stands where it stands because a moderator put it there: judging notes which reports were seen, and
 * moves the revision beyond the one that the author's last edit made.
 */
export const isDecided = ({
  status,
  reportsSeen,
  revision,
  earlier = [],
}: Pick<Comment, 'status' | 'reportsSeen' | 'revision' | 'earlier'>): boolean =>
  reportsSeen !== undefined && status !== 'held' && status !== 'pending' && revision > Math.max(0, ...earlier) + 1;
