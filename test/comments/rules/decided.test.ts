import { describe, expect, it } from 'vitest';
import { isDecided } from '#comments/rules/decided.ts';

const judged = (revision: number) => ({ by: 'mo', at: '2026-11-23T09:30:00.000Z', revision });

describe('a comment stands where a moderator put it', () => {
  it.each<[string, Parameters<typeof isDecided>[0]]>([
    ['after a decision on what was posted', { status: 'approved', judged: judged(2) }],
    ['after a second decision', { status: 'spam', judged: judged(3) }],
    ['after a decision on what was edited', { status: 'rejected', judged: judged(3), earlier: [1] }],
  ])('%s', (_, comment) => {
    expect(isDecided(comment)).toBe(true);
  });

  it.each<[string, Parameters<typeof isDecided>[0]]>([
    ['screening alone, or an edit, or featuring', { status: 'approved' }],
    ['an edit after the decision, be it featured since', { status: 'approved', judged: judged(2), earlier: [2] }],
    ['reports after the decision, which hold it again', { status: 'held', judged: judged(2) }],
  ])('not after %s', (_, comment) => {
    expect(isDecided(comment)).toBe(false);
  });
});
