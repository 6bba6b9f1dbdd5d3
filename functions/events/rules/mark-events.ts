import type { ReportReason } from '#comments/rules/reports.ts';
import type { ReactionFact, ReportFact } from '../event.ts';

/** A reaction or a report as it is stored, as far as it is told. */
interface StoredMark {
  articleId: string;
  /** The comment's id. */
  order: string;
  /** The kind or the reason; without one it was withdrawn. */
  view?: string;
  version: number;
}

/** A reaction was given, changed or taken back. */
export function reactionEvents(before: StoredMark | undefined, after: StoredMark): ReactionFact[] {
  if (before?.view === after.view) return [];
  const { articleId, order: commentId, view: kind = null, version: revision } = after;
  return [{ type: 'comment.reacted', articleId, commentId, kind, revision }];
}

/** A report is made once and never changed. */
export function reportEvents(before: StoredMark | undefined, after: StoredMark): ReportFact[] {
  if (before !== undefined || after.view === undefined) return [];
  const { articleId, order: commentId, view, version: revision } = after;
  return [{ type: 'comment.reported', articleId, commentId, reason: view as ReportReason, revision }];
}
