import * as z from 'zod/mini';
import { type Comment, type CommentItem, commentOf } from '#comments/comment.ts';
import { cutPage, pageReply } from '#comments/comment-page.ts';
import { readComments } from '#comments/comment-storage.ts';
import { contributionOf, queueNames } from '#comments/rules/contribution.ts';
import { openReports, totalReports } from '#comments/rules/reports.ts';
import { printComment } from '#comments/rules/view.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { commentPosition, page } from '#http/scalars.ts';
import { readMembers } from '#members/member-storage.ts';
import { type AuthorRecord, readRecords } from '#members/record.ts';
import { type Standing, standingAt } from '#members/rules/standing.ts';
import { readQueue } from './queues.ts';

/** What waits in a queue, oldest first, each with what a moderator needs to decide. */
export const listQueue = endpoint({
  params: z.object({ name: z.enum(queueNames) }),
  query: z.object(page),
  handle: async ({ params: { name }, query: { limit, cursor }, now }) => {
    const scope = ['queue', name];
    const found = await readQueue<CommentItem & { order: string }>(name, limit + 1, readCursor(cursor, scope, commentPosition));
    const { rows, next } = cutPage(found, limit);
    // A decision that is not settled yet has left its comment in the index; it waits no longer.
    const waiting = rows
      .map(commentOf)
      .filter((comment) => contributionOf({ ...comment, openReports: openReports(comment) })?.queue === name);
    const authorIds = waiting.flatMap(({ authorId }) => authorId ?? []);
    const [parents, records, members] = await Promise.all([
      readComments(waiting.flatMap(({ parentId }) => parentId ?? [])),
      readRecords(authorIds),
      readMembers(authorIds),
    ]);
    const authorOf = ({ authorId = '' }: Comment) => ({
      record: records.get(authorId),
      standing: standingAt(members.get(authorId) ?? {}, now).standing,
    });
    return pageReply({
      items: waiting.map((comment) => printWaiting(comment, parents.get(comment.parentId ?? ''), authorOf(comment))),
      nextCursor: next === undefined ? null : writeCursor(next, scope),
    });
  },
});

interface AuthorOfWaiting {
  record: AuthorRecord | undefined;
  standing: Standing;
}

function printWaiting(comment: Comment, parent: Comment | undefined, { record, standing }: AuthorOfWaiting): string {
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
