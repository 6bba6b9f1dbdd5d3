import type { FiredRule, Verdict } from '#comments/rules/verdict.ts';

/** Where a comment stands that can be tried: it was screened, and its text is there. */
export type Standing = Exclude<Verdict['outcome'], 'muted'>;

/** A comment, and what a policy would have made of it. */
export interface Tried {
  articleId: string;
  commentId: string;
  /** Where it stands now. */
  from: Standing;
  /** Whether it stands there because of a moderator. */
  decided: boolean;
  verdict: { outcome: Standing; rules: FiredRule[] };
}

/** Comments by what a policy would have done to them; to call something spam is to reject it. */
export type Outcomes = Record<'approve' | 'hold' | 'reject', number>;

/** What a changed policy would have done, and how it compares with what moderators decided. */
export interface Trial {
  examined: number;
  outcomes: Outcomes;
  changed: (Omit<Tried, 'verdict'> & { to: Standing; rules: FiredRule[] })[];
  /** What moderators approved, and what they rejected or called spam, by what the policy would have done. */
  decided: Record<'approved' | 'rejected', Outcomes>;
}

/** Sums a trial up. */
export function trialOf(tried: readonly Tried[]): Trial {
  const decided = tried.filter((each) => each.decided);
  return {
    examined: tried.length,
    outcomes: outcomesOf(tried),
    changed: tried
      .filter(({ from, verdict }) => from !== verdict.outcome)
      .map(({ verdict, ...comment }) => ({ ...comment, to: verdict.outcome, rules: verdict.rules })),
    decided: {
      approved: outcomesOf(decided.filter(({ from }) => from === 'approved')),
      rejected: outcomesOf(decided.filter(({ from }) => from !== 'approved')),
    },
  };
}

function outcomesOf(tried: readonly Tried[]): Outcomes {
  const outcomes = { approve: 0, hold: 0, reject: 0 };
  for (const { verdict } of tried) outcomes[actions[verdict.outcome]] += 1;
  return outcomes;
}

const actions = { approved: 'approve', held: 'hold', rejected: 'reject', spam: 'reject' } as const satisfies Record<
  Standing,
  keyof Outcomes
>;
