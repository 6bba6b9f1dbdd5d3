import type { Comment } from '../comment.ts';

/**
 * Whether a comment stands where it stands because a moderator put it there: the last judgement led to a revision beyond the one
 * that the author's last edit made. The comment's own revision does not tell, because featuring moves it as well.
 */
export const isDecided = ({ status, judged, earlier = [] }: Pick<Comment, 'status' | 'judged' | 'earlier'>): boolean =>
  judged !== undefined && status !== 'held' && status !== 'pending' && judged.revision > Math.max(0, ...earlier) + 1;
