/** What a rule asks for, from mild to strict. A mute goes above all, so that its member cannot find it out by what else is refused. */
export const ruleActions = ['approve', 'hold', 'reject', 'spam', 'mute'] as const;
export type RuleAction = (typeof ruleActions)[number];

/** A rule that fired; `evidence` quotes the text that made it, or states the fact. */
export interface FiredRule {
  rule: string;
  action: RuleAction;
  evidence: string;
}

/** Why a comment stands where it stands. */
export interface Verdict {
  outcome: 'approved' | 'held' | 'rejected' | 'spam' | 'muted';
  policyVersion: number;
  at: string;
  rules: FiredRule[];
}

/** A verdict as moderators read it: the store tells its fields in any order, and the same answer has the same ETag. */
export const verdictForModerators = ({ outcome, policyVersion, at, rules }: Verdict): Verdict => ({
  ...{ outcome, policyVersion, at },
  rules: rules.map(({ rule, action, evidence }) => ({ rule, action, evidence })),
});

/** A verdict as the comment's author may read it: a mute looks like an approval. */
export const verdictForAuthor = (verdict: Verdict): Verdict =>
  verdict.outcome === 'muted' ? { ...verdict, outcome: 'approved', rules: [] } : verdict;
