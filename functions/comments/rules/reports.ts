import type { Comment } from '../comment.ts';
import { isTakenDown } from './appeal.ts';
import { isApproved } from './status.ts';
import type { FiredRule } from './verdict.ts';

/** Why a reader reports a comment. */
export const reportReasons = ['spam', 'abuse', 'off-topic', 'other'] as const;
export type ReportReason = (typeof reportReasons)[number];

/** Reports of a comment by reason; settling counts them. */
export type ReportCounts = Partial<Record<ReportReason, number>>;

export const totalReports = (reports: ReportCounts | undefined): number =>
  Object.values(reports ?? {}).reduce((sum, count) => sum + count, 0);

/** Reports since a moderator last decided on the comment. */
export const openReports = (comment: { reports?: ReportCounts; reportsSeen?: number }): number =>
  totalReports(comment.reports) - (comment.reportsSeen ?? 0);

/** What came of a report, as whoever made it may know it; `open` while no moderator has decided since. */
export const reportOutcomes = ['open', 'removed', 'kept'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

/** What came of a report that was made of `revision` of a comment; none of the comment is left where its author erased all. */
export function outcomeOf(comment: Pick<Comment, 'status' | 'judged'> | undefined, revision: number): ReportOutcome {
  if (comment === undefined || isTakenDown(comment.status) || comment.status === 'deleted') return 'removed';
  return isApproved(comment.status) && comment.judged !== undefined && comment.judged.revision > revision ? 'kept' : 'open';
}

/** Fires when so many reports are unanswered that a moderator must look before anybody else does. */
export function reportsRule(comment: { reports?: ReportCounts; reportsSeen?: number }, holdAt: number): FiredRule | undefined {
  const open = openReports(comment);
  if (open < holdAt) return undefined;
  const reasons = Object.entries(comment.reports ?? {}).filter(([, count]) => count > 0);
  const counts = reasons.map(([reason, count]) => `${reason} ${count}`).join(', ');
  return { rule: 'reports', action: 'hold', evidence: `${open} reports since a moderator last decided (in all: ${counts})` };
}
