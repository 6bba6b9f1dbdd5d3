import * as z from 'zod/mini';
import { type Comment, type CommentItem, commentOf } from '#comments/comment.ts';
import { outcomeOf, reportReasons } from '#comments/rules/reports.ts';
import { readApproved } from '#comments/shown-comment.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { created, ok } from '#http/reply.ts';
import { articleId, commentId, line } from '#http/scalars.ts';
import { getItems } from '#table/get.ts';
import { commentKey, type Key, reportKey, reportsBy, reportsOn } from '#table/keys.ts';
import { writeNew } from '#table/write.ts';

const body = z.strictObject({ reason: z.enum(reportReasons), note: z.optional(line(1_000)) });

/** A report as it is stored: `view` is what it counts as, as for every mark that settling sums. */
interface StoredReport {
  view: string;
  note?: string;
  at: string;
  /** The revision of the comment that was reported. */
  revision: number;
}

/** Reports a comment to the moderators: once per member and comment; sent again, it tells what came of it, be the comment gone. */
export const postReport = endpoint({
  params: z.object({ articleId, commentId }),
  body,
  handle: async ({ params, body: { reason, note }, caller, now }) => {
    const earlier = await readReported(params, caller.id);
    if (earlier !== undefined) return ok(earlier);
    const comment = await readApproved(params.articleId, params.commentId, caller, now);
    if (comment.authorId === caller.id) throw new Problem('conflict', 'This comment is your own.');
    const { revision } = comment;
    const report: StoredReport = { view: reason, ...(note !== undefined && { note }), at: now.toISOString(), revision };
    const item = {
      ...reportKey(params.commentId, caller.id),
      ...report,
      articleId: params.articleId,
      order: params.commentId,
      author: reportsBy(caller.id),
      flat: reportsOn(params.articleId, caller.id),
      version: 1,
      unsettled: true,
    };
    if (!(await writeNew(item))) {
      const own = await readReported(params, caller.id);
      // An erasure takes the earlier one back, and this would go with it.
      if (own === undefined)
        throw new Problem('unavailable', 'Your earlier report is being taken back.', { headers: { 'retry-after': '1' } });
      return ok(own);
    }
    return created(`/v1/articles/${params.articleId}/comments/${params.commentId}/reports`, viewOf(report, comment));
  },
});

type ReportItem = Key & StoredReport & { articleId: string };

/** The report of a member as it is told, where there is one; one that is being taken back is none. */
async function readReported({ articleId, commentId }: { articleId: string; commentId: string }, memberId: string) {
  const items = await getItems<Key>([reportKey(commentId, memberId), commentKey(commentId)], { consistent: true });
  const report = items.find(({ sk }) => sk === reportKey(commentId, memberId).sk) as ReportItem | undefined;
  const item = items.find(({ sk }) => sk === commentKey(commentId).sk) as CommentItem | undefined;
  return report?.view === undefined || report.articleId !== articleId ? undefined : viewOf(report, item && commentOf(item));
}

const viewOf = ({ view, note, at, revision }: StoredReport, comment: Comment | undefined) => ({
  ...{ reason: view, note: note ?? null, createdAt: at, outcome: outcomeOf(comment, revision) },
});
