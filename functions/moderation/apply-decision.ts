import { uuidv7 } from 'uuidv7';
import type { Comment } from '#comments/comment.ts';
import { readComment } from '#comments/comment-storage.ts';
import { openReports, totalReports } from '#comments/rules/reports.ts';
import { packView, unpackView } from '#comments/rules/view.ts';
import type { Caller } from '#http/caller.ts';
import { Problem } from '#http/problem.ts';
import { backoff } from '#table/backoff.ts';
import { tableName } from '#table/client.ts';
import { commentKey, decisionKey } from '#table/keys.ts';
import { writeTransaction } from '#table/transaction.ts';
import { buildUpdate } from '#table/update.ts';
import { type DecisionAction, decide } from './rules/decision.ts';

/** What a moderator decides on one comment. */
export interface Decision {
  articleId: string;
  commentId: string;
  action: DecisionAction;
  note?: string | undefined;
  /** The revision that the moderator saw; without it, whichever is there. */
  revision?: number | undefined;
}

/** What a decision came to. */
export interface DecisionResult {
  outcome: 'applied' | 'unchanged' | 'conflict' | 'not-found';
  /** Where the comment stands now; null where there is none. */
  status: string | null;
  /** The comment as the decision left it. */
  after?: Comment;
}

/** Times a decision is tried again over settling, which moves the comment without concerning the decision. */
const tries = 5;

/**
 * Applies one decision: the comment and a record of the decision in one transaction, conditional on the version that was
 * read. Settling counts it. With `revision`, a comment that somebody has changed since is left alone and told as conflict.
 */
export async function applyDecision(decision: Decision, read: Comment | undefined, caller: Caller, now: Date): Promise<DecisionResult> {
  let comment = read?.articleId === decision.articleId ? read : undefined;
  for (let attempt = 1; comment !== undefined; attempt += 1) {
    const planned = plan(decision, comment);
    if (planned.kind === 'settled') return { outcome: planned.outcome, status: comment.status };
    const outcome = await write(planned.after, comment, decision, caller, now);
    if (outcome.kind === 'committed') return { outcome: 'applied', status: planned.after.status, after: planned.after };
    if (attempt === tries) throw new Problem('unavailable', 'The comment is being changed right now.', { headers: { 'retry-after': '1' } });
    await backoff(attempt);
    comment = await readComment(decision.articleId, decision.commentId, { consistent: true });
  }
  return { outcome: 'not-found', status: null };
}

type Planned = { kind: 'settled'; outcome: 'unchanged' | 'conflict' } | { kind: 'change'; after: Comment };

function plan({ action, revision }: Decision, comment: Comment): Planned {
  if (revision !== undefined && revision !== comment.revision) return { kind: 'settled', outcome: 'conflict' };
  const judges = action === 'approve' || action === 'reject' || action === 'spam';
  // An edit that awaits screening was not what the moderator saw; taking a comment down takes down its edit as well.
  if (comment.edited !== undefined && action === 'approve') return { kind: 'settled', outcome: 'conflict' };
  const view = unpackView((judges ? comment.edited : undefined) ?? comment.view);
  const decided = decide(action, { status: comment.status, featured: view.featured });
  if (decided === undefined) return { kind: 'settled', outcome: 'conflict' };
  const unanswered = judges && openReports(comment) > 0;
  if (!unanswered && decided.status === comment.status && decided.featured === view.featured && !(judges && comment.unscreened)) {
    return { kind: 'settled', outcome: 'unchanged' };
  }
  const { unscreened, edited, ...rest } = comment;
  return {
    kind: 'change',
    after: {
      ...rest,
      ...(!judges && unscreened && { unscreened }),
      ...(!judges && edited !== undefined && { edited }),
      status: decided.status,
      ...(judges && { reportsSeen: totalReports(comment.reports) }),
      view: packView({ ...view, featured: decided.featured }),
      revision: comment.revision + 1,
      version: comment.version + 1,
      unsettled: true,
    },
  };
}

async function write(after: Comment, before: Comment, { action, note }: Decision, caller: Caller, now: Date) {
  const at = now.toISOString();
  return writeTransaction([
    {
      Update: {
        TableName: tableName,
        ...buildUpdate({
          key: commentKey(after.order),
          set: {
            status: after.status,
            view: after.view,
            revision: after.revision,
            version: after.version,
            unsettled: true,
            unscreened: after.unscreened,
            edited: after.edited,
            reportsSeen: after.reportsSeen,
          },
          expect: { version: before.version, status: before.status, unscreened: before.unscreened },
        }),
      },
    },
    {
      Put: {
        TableName: tableName,
        Item: {
          ...decisionKey(after.order, at, uuidv7()),
          action,
          actor: { id: caller.id, name: caller.name },
          at,
          before: before.status,
          after: after.status,
          revision: after.revision,
          ...(note !== undefined && { note }),
        },
      },
    },
  ]);
}
