import * as z from 'zod/mini';
import { knownArticle } from '#articles/known-article.ts';
import { rowsThatFit } from '#comments/comment-page.ts';
import { readComments } from '#comments/comment-storage.ts';
import { printOwn } from '#comments/rules/own-view.ts';
import { outcomeOf } from '#comments/rules/reports.ts';
import { isApproved } from '#comments/rules/status.ts';
import { endpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { reactionsOn, reportsOn } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';

/** How far back a member's comments and marks are looked through, and how many own comments and reports are answered at most. */
const lookedThrough = 500;
const answered = 100;

/** A reaction or a report as it is listed: `view` is its kind or reason, `revision` that of the comment which was reported. */
interface MarkRow {
  order: string;
  view: string;
  revision: number;
}

const readMarks = (partition: string, limit: number) => queryIndex<MarkRow>({ index: 'flat', partition, limit, ascending: false });

/**
 * What the public list cannot show a member: their own comments here that are not approved, newest first, their own
 * reactions here, as kind by comment id, and what came of their reports here, by comment id.
 */
export const getMyArticle = endpoint({
  params: z.object({ articleId }),
  handle: async ({ params, caller }) => {
    const [rows, reactions, reports] = await Promise.all([
      queryIndex<{ order: string; article: string }>({ index: 'author', partition: caller.id, limit: lookedThrough, ascending: false }),
      readMarks(reactionsOn(params.articleId, caller.id), lookedThrough),
      readMarks(reportsOn(params.articleId, caller.id), answered),
      knownArticle(params.articleId),
    ]);
    const ids = rows.filter((row) => row.article === params.articleId).map((row) => row.order);
    const comments = await readComments([...ids, ...reports.map(({ order }) => order)]);
    const items = ids
      .flatMap((id) => comments.get(id) ?? [])
      .filter(({ status }) => !isApproved(status) && status !== 'deleted')
      .slice(0, answered);
    const marks = {
      reactions: Object.fromEntries(reactions.map(({ order, view }) => [order, view])),
      reports: Object.fromEntries(
        reports.map(({ order, view, revision }) => [order, { reason: view, outcome: outcomeOf(comments.get(order), revision) }]),
      ),
    };
    const printed = items.map((comment) => printOwn(caller.id, comment));
    const own = printed.slice(0, rowsThatFit([JSON.stringify(marks), ...printed]) - 1);
    return ok(`{"comments":[${own.join(',')}],${JSON.stringify(marks).slice(1)}`);
  },
});
