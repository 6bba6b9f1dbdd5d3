import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { reportReasons } from '#comments/rules/reports.ts';
import { readApproved } from '#comments/shown-comment.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { created, ok } from '#http/reply.ts';
import { articleId, commentId, line } from '#http/scalars.ts';
import { table, tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { reportKey, reportsBy } from '#table/keys.ts';

const body = z.strictObject({ reason: z.enum(reportReasons), note: z.optional(line(1_000)) });

/** A report as it is stored: `view` is what it counts as, as for every mark that settling sums. */
interface StoredReport {
  view: string;
  note?: string;
  at: string;
}

/** Reports a comment to the moderators: once per member and comment, whatever is sent again. */
export const postReport = endpoint({
  params: z.object({ articleId, commentId }),
  body,
  handle: async ({ params, body: { reason, note }, caller, now }) => {
    const key = reportKey(params.commentId, caller.id);
    const comment = await readApproved(params.articleId, params.commentId, caller, now);
    if (comment.authorId === caller.id) throw new Problem('conflict', 'This comment is your own.');
    const report: StoredReport = { view: reason, ...(note !== undefined && { note }), at: now.toISOString() };
    const item = {
      ...key,
      ...report,
      articleId: params.articleId,
      order: params.commentId,
      author: reportsBy(caller.id),
      version: 1,
      unsettled: true,
    };
    try {
      await table.send(new PutCommand({ TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return ok(viewOf((await getItem<StoredReport>(key, { consistent: true })) ?? report));
    }
    return created(`/v1/articles/${params.articleId}/comments/${params.commentId}/reports`, viewOf(report));
  },
});

const viewOf = ({ view, note, at }: StoredReport) => ({ reason: view, note: note ?? null, createdAt: at });
