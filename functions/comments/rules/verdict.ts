/** What a rule asks for, from mild to strict. */
export const ruleActions = ['approve', 'hold', 'reject', 'spam'] as const;
export type RuleAction = (typeof ruleActions)[number];

/** A rule that fired; `evidence` quotes the text that made it, or states the fact. */
export interface FiredRule {
  rule: string;
  action: RuleAction;
  evidence: string;
}

/** Why a comment stands where it stands. */
export interface Verdict {
  outcome: 'approved' | 'held' | 'rejected' | 'spam';
  policyVersion: number;
  at: string;
  rules: FiredRule[];
}
