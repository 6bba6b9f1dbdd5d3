import type { Comment } from '#comments/comment.ts';
import { contributionOf, type QueueName } from '#comments/rules/contribution.ts';
import { openReports, totalReports } from '#comments/rules/reports.ts';
import { printComment } from '#comments/rules/view.ts';
import { type AuthorRecord, readAuthor } from '#members/record.ts';
import { type Standing, standingAt } from '#members/rules/standing.ts';
import type { Lease } from './rules/leases.ts';

/** The queue that a comment waits in as it stands now: a decision that is not settled yet has left its row in the index. */
export const queueOf = (comment: Comment): QueueName | undefined =>
  contributionOf({ ...comment, openReports: openReports(comment) })?.queue;

/** What is known of the author of a comment; of one who erased their data, nothing. */
export interface Author {
  record: AuthorRecord | undefined;
  standing: Standing;
}

/** Reads what is known of authors at `now`, a small query for each; gives them by their id. */
export async function readAuthors(ids: readonly string[], now: Date): Promise<(id: string | undefined) => Author> {
  const known = new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await readAuthor(id)] as const)));
  return (id = '') => ({ record: known.get(id)?.record, standing: standingAt(known.get(id)?.member ?? {}, now).standing });
}

/** What a moderator needs to decide on a comment, beside the comment itself. */
export interface Context {
  parent: Comment | undefined;
  author: Author;
  claim: Lease | undefined;
}

/** The JSON text of a comment that waits for a moderator. */
export function printWaiting(comment: Comment, { parent, author: { record, standing }, claim }: Context): string {
  const needed = {
    verdict: comment.verdict ?? null,
    reports: { count: totalReports(comment.reports), reasons: comment.reports ?? {} },
    appeal: comment.appeal ? { note: comment.appeal.note, at: comment.appeal.at } : null,
    authorRecord: { approved: record?.approved ?? 0, rejected: (record?.rejected ?? 0) + (record?.spam ?? 0), standing },
    claimedBy: claim?.by ?? null,
    claimedUntil: claim === undefined ? null : new Date(claim.until).toISOString(),
  };
  const parentText = parent === undefined ? 'null' : printComment(parent.articleId, parent);
  return `${printComment(comment.articleId, comment).slice(0, -1)},${JSON.stringify(needed).slice(1, -1)},"parent":${parentText}}`;
}
