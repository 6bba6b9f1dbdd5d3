import type { CommentStatus } from '#comments/rules/status.ts';

/** What a moderator may do to a comment. */
export const decisionActions = ['approve', 'reject', 'spam', 'feature', 'unfeature'] as const;
export type DecisionAction = (typeof decisionActions)[number];

/** What a decision makes of a comment. */
export interface Decided {
  status: CommentStatus;
  featured: boolean;
}

const statusAfter = { approve: 'approved', reject: 'rejected', spam: 'spam' } as const;

/**
 * What a comment becomes by a decision, or `undefined` where it cannot be decided on: what its author deleted is gone, and
 * only an approved comment can be featured. A comment that leaves public view is no longer featured.
 */
export function decide(action: DecisionAction, comment: Decided): Decided | undefined {
  if (comment.status === 'deleted') return undefined;
  if (action === 'feature') return comment.status === 'approved' ? { ...comment, featured: true } : undefined;
  if (action === 'unfeature') return { ...comment, featured: false };
  const status = statusAfter[action];
  return { status, featured: comment.featured && status === 'approved' };
}
