import { uuidv7 } from 'uuidv7';
import { asRead } from '#comments/change-comment.ts';
import type { Comment } from '#comments/comment.ts';
import { readComment } from '#comments/comment-storage.ts';
import { awaitsAnswer, isForAnother } from '#comments/rules/appeal.ts';
import { openReports, totalReports } from '#comments/rules/reports.ts';
import { createdAt, packView, unpackView } from '#comments/rules/view.ts';
import { Problem } from '#http/problem.ts';
import { backoff } from '#table/backoff.ts';
import { getItem } from '#table/get.ts';
import { commentKey, decisionKey } from '#table/keys.ts';
import type { Change } from '#table/update.ts';
import { isHindered, writeChange } from '#table/write.ts';
import { type DecisionAction, decide, isJudgement, type TakenDecision } from './rules/decision.ts';
import { minutesHeld } from './rules/minutes-held.ts';

/** What a moderator decides on one comment. */
export interface Decision {
  articleId: string;
  commentId: string;
  action: DecisionAction;
  note?: string | undefined;
  /** The revision that the moderator saw; without it, whichever is there. */
  revision?: number | undefined;
}

/** Who decides. */
export interface Decider {
  actor: TakenDecision['actor'];
  isAdmin: boolean;
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
/** Decisions that may wait on one comment to be recorded: as many as one request has, and as one transaction easily takes. */
const mostWaiting = 25;

const busy = () => new Problem('unavailable', 'The comment is being changed right now.', { headers: { 'retry-after': '1' } });

/**
 * Applies one decision: one write of the comment, conditional on the version that was read, which moves no row of a list.
 * The decision itself waits on the comment; settling counts what it changed and records it for good, in one transaction.
 * With `revision`, a comment that somebody has changed since is left alone and told as conflict; so is one with an appeal
 * against the moderator's own judgement, unless an admin decides.
 *
 * @throws Problem `unavailable` (503) when other writes stay in the way, or too many decisions wait to be recorded
 */
export async function applyDecision(decision: Decision, read: Comment | undefined, decider: Decider): Promise<DecisionResult> {
  let comment = read?.articleId === decision.articleId ? read : undefined;
  for (let attempt = 1; comment !== undefined; attempt += 1) {
    const id = uuidv7();
    const planned = planDecision(decision, comment, { id, ...decider });
    if (planned.kind === 'none') return { outcome: planned.outcome, status: comment.status };
    if (attempt > tries || planned.after.decisions.length > mostWaiting) throw busy();
    if (await writeUnlessHindered(buildDecision(planned, comment)))
      return { outcome: 'applied', status: planned.after.status, after: planned.after };
    await backoff(attempt);
    comment = await readComment(decision.articleId, decision.commentId, { consistent: true });
    if (comment !== undefined && (await isAmong(comment, id))) return { outcome: 'applied', status: planned.after.status, after: comment };
  }
  return { outcome: 'not-found', status: null };
}

/** A transaction on the comment, which settling is in for a moment, is as good a reason to look once more as another version. */
async function writeUnlessHindered(change: Change): Promise<boolean> {
  try {
    return await writeChange(change);
  } catch (error) {
    if (!isHindered(error)) throw error;
    return false;
  }
}

type Planned =
  | { kind: 'none'; outcome: 'unchanged' | 'conflict' }
  | { kind: 'change'; set: Record<string, unknown>; after: Comment & { decisions: TakenDecision[] } };

/** Plans a decision over what was read of its comment; pure. */
export function planDecision(
  { action, revision, note }: Decision,
  comment: Comment,
  { id, actor, isAdmin }: Decider & { id: string },
): Planned {
  if (revision !== undefined && revision !== comment.revision) return { kind: 'none', outcome: 'conflict' };
  const judges = isJudgement(action);
  // An edit that awaits screening was not what the moderator saw; taking a comment down takes down its edit as well.
  if (comment.edited !== undefined && action === 'approve') return { kind: 'none', outcome: 'conflict' };
  const view = unpackView((judges ? comment.edited : undefined) ?? comment.view);
  const decided = decide(action, { status: comment.status, featured: view.featured });
  if (decided === undefined) return { kind: 'none', outcome: 'conflict' };
  if (judges && !isAdmin && isForAnother(comment, actor.id)) return { kind: 'none', outcome: 'conflict' };
  const unanswered = judges && (openReports(comment) > 0 || awaitsAnswer(comment));
  if (!unanswered && decided.status === comment.status && decided.featured === view.featured && !(judges && comment.unscreened)) {
    return { kind: 'none', outcome: 'unchanged' };
  }
  const stands = { status: decided.status, revision: comment.revision + 1 };
  const packed = packView({ ...view, featured: decided.featured });
  const isOtherView = decided.featured !== view.featured || (judges && comment.edited !== undefined) || comment.decided?.view !== undefined;
  const taken: TakenDecision = {
    ...{ id, actor, action, before: comment.status, after: stands.status, revision: stands.revision },
    ...(note !== undefined && { note }),
  };
  const set = {
    decided: { ...stands, ...(isOtherView && { view: packed }) },
    decisions: [...(comment.decisions ?? []), taken],
    version: comment.version + 1,
    unsettled: true as const,
  };
  if (!judges) {
    // An edit that waits to be screened replaces the view: it has to know as well.
    const edited = comment.edited && { edited: packView({ ...unpackView(comment.edited), featured: decided.featured }) };
    return { kind: 'change', set: { ...set, ...edited }, after: { ...comment, ...set, ...stands, ...edited, view: packed } };
  }
  // What is judged waits no longer, for a moderator or to be screened.
  const { unscreened, edited, ...screened } = comment;
  const { status, verdict } = comment;
  const at = createdAt(id);
  const answers = {
    reportsSeen: totalReports(comment.reports),
    judged: { by: actor.id, at, revision: stands.revision },
    ...(comment.appeal && awaitsAnswer(comment) && { appeal: { ...comment.appeal, answeredAt: at } }),
    ...(status === 'held' && verdict && { minutesHeld: minutesHeld(verdict.at, at) }),
  };
  return {
    kind: 'change',
    set: { ...set, ...answers, unscreened: undefined, edited: undefined, queue: undefined },
    after: { ...screened, ...set, ...answers, ...stands, view: packed },
  };
}

/** Builds the write of a planned decision over what was read of its comment. */
export const buildDecision = ({ set }: { set: Record<string, unknown> }, before: Comment): Change => ({
  key: commentKey(before.order),
  set,
  expect: asRead(before),
});

/**
 * Whether a decision is among those taken on a comment: the SDK repeats a write whose answer was lost, and then its own first try
 * is what came in between. What waits no longer on the comment is recorded by then.
 */
async function isAmong({ order, decisions = [] }: Comment, id: string): Promise<boolean> {
  if (decisions.some((taken) => taken.id === id)) return true;
  return (await getItem(decisionKey(order, id), { consistent: true })) !== undefined;
}
