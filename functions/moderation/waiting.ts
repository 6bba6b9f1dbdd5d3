import type { Comment } from '#comments/comment.ts';
import { contributionOf, type QueueName } from '#comments/rules/contribution.ts';
import { openReports, totalReports } from '#comments/rules/reports.ts';
import { printComment } from '#comments/rules/view.ts';
import type { AuthorRecord } from '#members/record.ts';
import type { Standing } from '#members/rules/standing.ts';

/** The queue that a comment waits in as it stands now: a decision that is not settled yet has left its row in the index. */
export const queueOf = (comment: Comment): QueueName | undefined =>
  contributionOf({ ...comment, openReports: openReports(comment) })?.queue;

/** What a moderator needs to decide on a comment, beside the comment itself. */
export interface Context {
  parent: Comment | undefined;
  record: AuthorRecord | undefined;
  standing: Standing;
}

/** The JSON text of a comment that waits for a moderator. */
export function printWaiting(comment: Comment, { parent, record, standing }: Context): string {
  const needed = {
    verdict: comment.verdict ?? null,
    reports: { count: totalReports(comment.reports), reasons: comment.reports ?? {} },
    authorRecord: { approved: record?.approved ?? 0, rejected: (record?.rejected ?? 0) + (record?.spam ?? 0), standing },
    claimedBy: null,
    claimedUntil: null,
  };
  const parentText = parent === undefined ? 'null' : printComment(parent.articleId, parent);
  return `${printComment(comment.articleId, comment).slice(0, -1)},${JSON.stringify(needed).slice(1, -1)},"parent":${parentText}}`;
}
