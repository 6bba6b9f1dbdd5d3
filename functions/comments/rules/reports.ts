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

/** Fires when so many reports are unanswered that a moderator must look before anybody else does. */
export function reportsRule(comment: { reports?: ReportCounts; reportsSeen?: number }, holdAt: number): FiredRule | undefined {
  const open = openReports(comment);
  if (open < holdAt) return undefined;
  const reasons = Object.entries(comment.reports ?? {}).filter(([, count]) => count > 0);
  const counts = reasons.map(([reason, count]) => `${reason} ${count}`).join(', ');
  return { rule: 'reports', action: 'hold', evidence: `${open} reports since a moderator last decided (in all: ${counts})` };
}
