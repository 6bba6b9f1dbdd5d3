import type { CommentStatus } from '#comments/rules/status.ts';

/** What a moderator may do to a comment. */
export const decisionActions = ['approve', 'reject', 'spam', 'feature', 'unfeature'] as const;
export type DecisionAction = (typeof decisionActions)[number];

/** Whether an action says what becomes of a comment: it answers its reports, and spares it the screening. */
export const isJudgement = (action: DecisionAction): action is keyof typeof statusAfter => action in statusAfter;

/** A decision that was taken: it waits on its comment until settling has recorded it for good. */
export interface TakenDecision {
  /** A UUIDv7: it tells when. */
  id: string;
  action: DecisionAction;
  actor: { id: string; name: string };
  note?: string;
  /** The status before and after. */
  before: CommentStatus;
  after: CommentStatus;
  /** The revision that it led to. */
  revision: number;
}

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
