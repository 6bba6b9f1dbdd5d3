import { describe, expect, it } from 'vitest';
import { type Standing, type Tried, trialOf } from '#moderation/rules/trial.ts';

const rules = [{ rule: 'capitals', action: 'hold' as const, evidence: '20 of 20 letters are capitals' }];
const tried = (from: Standing, to: Standing, decided = false): Tried => ({
  articleId: 'a1',
  commentId: `${from}-${to}`,
  from,
  decided,
  verdict: { outcome: to, rules },
});

describe('a trial', () => {
  it('of nothing is nothing', () => {
    const none = { approve: 0, hold: 0, reject: 0 };
    expect(trialOf([])).toEqual({ examined: 0, outcomes: none, changed: [], decided: { approved: none, rejected: none } });
  });

  it('sorts every comment into one outcome, and spam among the rejected', () => {
    const { examined, outcomes } = trialOf([
      tried('approved', 'approved'),
      tried('held', 'held'),
      tried('spam', 'rejected'),
      tried('spam', 'spam'),
    ]);
    expect({ examined, outcomes }).toEqual({ examined: 4, outcomes: { approve: 1, hold: 1, reject: 2 } });
  });

  it('tells only the comments that would stand elsewhere, and why', () => {
    const { changed } = trialOf([tried('approved', 'approved'), tried('approved', 'held'), tried('rejected', 'spam', true)]);
    expect(changed).toEqual([
      { articleId: 'a1', commentId: 'approved-held', from: 'approved', to: 'held', rules, decided: false },
      { articleId: 'a1', commentId: 'rejected-spam', from: 'rejected', to: 'spam', rules, decided: true },
    ]);
  });

  it('compares what moderators decided, and nothing else, with what the policy would have done', () => {
    const { decided } = trialOf([
      tried('approved', 'approved', true),
      tried('approved', 'held', true),
      tried('approved', 'spam', true),
      tried('approved', 'spam'),
      tried('rejected', 'approved', true),
      tried('spam', 'rejected', true),
      tried('spam', 'held'),
    ]);
    expect(decided).toEqual({ approved: { approve: 1, hold: 1, reject: 1 }, rejected: { approve: 1, hold: 0, reject: 1 } });
  });
});
