import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldFor, medianMinutesHeld, minutesHeld } from '#moderation/rules/minutes-held.ts';

const since = '2026-11-23T09:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(since) + minutes * 60_000).toISOString();
const anyMinutes = fc.nat({ max: 100_000 });

/** Sums as the tally of a day has them. */
function tallied(minutes: readonly number[]): Record<string, number> {
  const sums: Record<string, number> = { approved: 5, reported: 1 };
  for (const each of minutes) sums[heldFor(each)] = (sums[heldFor(each)] ?? 0) + 1;
  return sums;
}

describe('the time for which a comment was held', () => {
  it.each([
    ['less than a minute', 0.99, 0],
    ['just below an hour', 59.99, 59],
    ['an hour and a half', 90, 60],
    ['just below a day', 24 * 60 - 1, 23 * 60],
    ['a day and an hour', 25 * 60, 24 * 60],
    ['a year', 365 * 24 * 60, 30 * 24 * 60],
    ['no time at all, where two clocks differ', -1, 0],
  ])('is %s in whole steps', (_what, minutes, told) => {
    expect(minutesHeld(since, later(minutes))).toBe(told);
  });

  it('falls into few steps, never above what it was, and never out of order', () => {
    fc.assert(
      fc.property(anyMinutes, anyMinutes, (a, b) => {
        const [shorter, longer] = [Math.min(a, b), Math.max(a, b)].map((each) => minutesHeld(since, later(each))) as [number, number];
        expect(shorter).toBeLessThanOrEqual(longer);
        expect(shorter).toBeLessThanOrEqual(Math.min(a, b));
      }),
    );
    const steps = new Set(Array.from({ length: 50_000 }, (_, minutes) => minutesHeld(since, later(minutes))));
    expect(steps.size).toBe(60 + 23 + 30);
  });
});

describe('the median', () => {
  it('is that of the times themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 30 }), (minutes) => {
        const sorted = minutes.toSorted((a, b) => a - b);
        const half = sorted.length / 2;
        const median = sorted.length % 2 === 1 ? sorted[Math.floor(half)] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
        expect(medianMinutesHeld(tallied(minutes))).toBe(median);
      }),
    );
  });

  it('is none where nothing was decided, or what was counted has been taken back', () => {
    expect(medianMinutesHeld({ held: 3 })).toBeNull();
    expect(medianMinutesHeld({ held: 3, [heldFor(4)]: 0 })).toBeNull();
  });
});
