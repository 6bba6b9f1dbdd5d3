import type { CommentStatus } from '#comments/rules/status.ts';
import type { FiredRule } from '#comments/rules/verdict.ts';
import type { Policy } from './policy.ts';

/** An earlier comment of an author, as far as a rule asks. */
export interface EarlierComment {
  status: CommentStatus;
  /** It has not been decided on yet. */
  unscreened?: true;
  createdAt: string;
}

/** Comments that passed screening or a moderator. */
export const approvedAmong = (earlier: readonly Pick<EarlierComment, 'status' | 'unscreened'>[]): number =>
  earlier.filter(({ status, unscreened }) => status === 'approved' && !unscreened).length;

/** Fires until enough comments of an author are approved. */
export function newcomersRule(earlier: readonly EarlierComment[], { comments, action }: Policy['newcomers']): FiredRule | undefined {
  const approved = approvedAmong(earlier);
  if (approved >= comments) return undefined;
  return { rule: 'newcomers', action, evidence: `${approved} approved comments so far, ${comments} are asked for` };
}

const isRejected = ({ status }: EarlierComment) => status === 'rejected' || status === 'spam';

/** Fires when too large a share of what was decided of an author in the last days was rejected. */
export function recordRule(earlier: readonly EarlierComment[], rule: Policy['record'], now: Date): FiredRule | undefined {
  const since = now.getTime() - rule.days * 86_400_000;
  const recent = earlier.filter(({ createdAt }) => Date.parse(createdAt) >= since);
  const rejected = recent.filter(isRejected).length;
  const decided = rejected + approvedAmong(recent);
  if (decided < rule.minDecided || rejected / decided < rule.rejectedShare || rejected === 0) return undefined;
  return { rule: 'record', action: rule.action, evidence: `${rejected} of ${decided} decided in the last ${rule.days} days were rejected` };
}

/** The fewest rejections with which the rule can fire at all: most authors have none, and need not be looked at. */
export const fewestRejected = ({ minDecided, rejectedShare }: Policy['record']): number =>
  Math.max(1, Math.ceil(minDecided * rejectedShare));
