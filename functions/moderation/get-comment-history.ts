import * as z from 'zod/mini';
import type { Comment } from '#comments/comment.ts';
import { fitPage } from '#comments/comment-page.ts';
import { readComment } from '#comments/comment-storage.ts';
import { viewOfAppeal } from '#comments/rules/appeal.ts';
import { totalReports } from '#comments/rules/reports.ts';
import { type Verdict, verdictForModerators } from '#comments/rules/verdict.ts';
import { printComment, unpackView } from '#comments/rules/view.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { reportKey } from '#table/keys.ts';
import { type AuditItem, auditItem } from './audit-record.ts';
import { type EditItem, type History, historyPosition, type ReportItem, readHistory } from './comment-history.ts';

/**
 * A comment in whatever status, of whatever article, with all that happened to it: a hundred records a page at most, and the comment
 * itself on each.
 */
export const getCommentHistory = endpoint({
  params: z.object({ articleId, commentId }),
  query: z.object({ cursor: z.optional(z.string()) }),
  handle: async ({ params, query: { cursor } }) => {
    const scope = ['history', params.articleId, params.commentId];
    const after = readCursor(cursor, scope, historyPosition);
    // The comment comes first: a decision that it no longer holds is recorded by then.
    const comment = await readComment(params.articleId, params.commentId, { consistent: true });
    if (comment === undefined) throw new Problem('not-found', 'There is no such comment.');
    const printed = printComment(params.articleId, comment);
    const waiting = comment.edited === undefined ? null : unpackView(comment.edited).body;
    const found = await readHistory(params.commentId, after);
    const history = cutHistory(found, `${printed}${JSON.stringify([waiting, verdictsOf(comment)])}`);
    const isFirst = after === undefined;
    const told = {
      waiting,
      reportCount: totalReports(comment.reports),
      appeal: comment.appeal ? viewOfAppeal(comment.appeal) : null,
      verdicts: inOrder([...history.edits.flatMap(verdictsOf), ...(isFirst ? verdictsOf(comment) : [])]),
      edits: history.edits.map(printEdit),
      decisions: [...history.decisions, ...(isFirst ? unrecorded(comment, found) : [])].map(({ view }) => JSON.parse(view)),
      reports: history.reports.filter(({ view }) => view !== undefined).map(printReport),
      nextCursor: history.next === undefined ? null : writeCursor(history.next, scope),
    };
    return ok(`${printed.slice(0, -1)},${JSON.stringify(told).slice(1)}`, comment.revision);
  },
});

/** Cuts a page to what one answer takes, where the texts before its edits are too long for it; `comment` is printed on each. */
function cutHistory(history: History, comment: string): History {
  const { edits } = history;
  const records = [{ sk: '' }, ...edits, ...history.decisions, ...history.reports];
  const told = [...edits.map((edit) => [printEdit(edit), verdictsOf(edit)]), ...history.decisions, ...history.reports];
  const printed = [comment, ...told.map((record) => JSON.stringify(record))];
  const { items, next } = fitPage(records, printed, { next: history.next, positionOf: ({ sk }) => sk });
  if (items.length === records.length) return history;
  const kept = new Set(records.slice(0, items.length).map(({ sk }) => sk));
  const onPage = <T extends { sk: string }>(list: readonly T[]) => list.filter(({ sk }) => kept.has(sk));
  return { edits: onPage(edits), decisions: onPage(history.decisions), reports: onPage(history.reports), next };
}

const verdictsOf = ({ verdict, verdicts = [] }: { verdict?: Verdict; verdicts?: Verdict[] }): Verdict[] => [
  ...verdicts,
  ...(verdict === undefined ? [] : [verdict]),
];

/** By the moment of each: the verdict on an edited text stays with the comment, and with that text, until there is another. */
const inOrder = (verdicts: readonly Verdict[]): Verdict[] =>
  [...new Map(verdicts.map((each) => [each.at, verdictForModerators(each)])).values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));

const printEdit = ({ sk, view, until }: EditItem) => {
  const { body, html } = unpackView(view);
  return { revision: Number(sk.slice(sk.indexOf('#') + 1)), body, html, until };
};

/** Decisions that wait on the comment, and will be on record in a moment. */
function unrecorded({ order, articleId, authorId, decisions = [] }: Comment, { decisions: recorded }: History): AuditItem[] {
  const known = new Set(recorded.map(({ sk }) => sk));
  return decisions
    .map((taken) => auditItem({ ...taken, articleId, commentId: order, memberId: authorId }))
    .filter(({ sk }) => !known.has(sk));
}

const printReport = ({ sk, view, note, at }: ReportItem) => ({
  ...{ memberId: sk.slice(reportKey('', '').sk.length), reason: view, note: note ?? null, createdAt: at ?? null },
});
