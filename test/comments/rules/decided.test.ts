import { describe, expect, it } from 'vitest';
import { isDecided } from '#comments/rules/decided.ts';

describe('a comment stands where a moderator put it', () => {
  it.each<[string, Parameters<typeof isDecided>[0]]>([
    ['after a decision on what was posted', { status: 'approved', revision: 2, reportsSeen: 0 }],
    ['after a second decision', { status: 'spam', revision: 3, reportsSeen: 4 }],
    ['after a decision on what was edited', { status: 'rejected', revision: 3, reportsSeen: 0, earlier: [1] }],
  ])('%s', (_, comment) => {
    expect(isDecided(comment)).toBe(true);
  });

  it.each<[string, Parameters<typeof isDecided>[0]]>([
    ['screening alone', { status: 'approved', revision: 1 }],
    ['an edit alone', { status: 'approved', revision: 2, earlier: [1] }],
    ['featuring alone', { status: 'approved', revision: 2 }],
    ['an edit after the decision', { status: 'approved', revision: 3, reportsSeen: 0, earlier: [2] }],
    ['reports after the decision, which hold it again', { status: 'held', revision: 2, reportsSeen: 0 }],
  ])('not after %s', (_, comment) => {
    expect(isDecided(comment)).toBe(false);
  });
});
