import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Contribution,
  contributionOf,
  dayDifference,
  parentDifference,
  sameContribution,
  statusDifference,
  sumOf,
} from '#comments/rules/contribution.ts';
import { type CommentStatus, commentStatuses, isApproved, isShown, tombstoneStatus } from '#comments/rules/status.ts';

const anyStatus = fc.constantFrom(...commentStatuses);
const anyContribution = fc.option(
  fc
    .record({
      ...{ status: anyStatus, shownChildren: fc.nat({ max: 2 }), openReports: fc.nat({ max: 2 }), reported: fc.boolean() },
      minutesHeld: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
    })
    .map(contributionOf),
  { nil: undefined },
);
const hidden = commentStatuses.filter((status) => status !== 'approved' && status !== 'pending');

describe('what a comment counts for', () => {
  it('is nothing while it is being screened', () => {
    expect(contributionOf({ status: 'pending', shownChildren: 3 })).toBeUndefined();
  });

  it('is its status, shown, once approved', () => {
    expect(contributionOf({ status: 'approved' })).toEqual({ status: 'approved', shown: true });
  });

  it.each(hidden)('is shown as a %s comment only over something that is shown', (status) => {
    expect(contributionOf({ status })).toMatchObject({ status, shown: false });
    expect(contributionOf({ status, shownChildren: 0 })).toMatchObject({ status, shown: false });
    expect(contributionOf({ status, shownChildren: 1 })).toMatchObject({ status, shown: true });
  });

  it('puts held comments, and approved ones with unanswered reports, into their queues, and no others', () => {
    const queues = (openReports: number) =>
      commentStatuses.flatMap((status) => {
        const queue = contributionOf({ status, openReports })?.queue;
        return queue === undefined ? [] : [[status, queue]];
      });
    expect(queues(0)).toEqual([['held', 'held']]);
    expect(queues(2)).toEqual([
      ['approved', 'reported'],
      ['held', 'held'],
    ]);
  });

  it('puts what was taken down into the queue of appeals for as long as its author’s appeal is unanswered', () => {
    const queues = (appeal: { answeredAt?: string }) =>
      commentStatuses.filter((status) => contributionOf({ status, appeal })?.queue === 'appeals');
    expect(queues({})).toEqual(['rejected', 'spam']);
    expect(queues({ answeredAt: '2026-11-23T09:30:00.000Z' })).toEqual([]);
  });
});

describe('the day of a comment', () => {
  it('has its status, whether it was reported, and how long a moderator took, each as one', () => {
    const held = contributionOf({ status: 'held' });
    const decided = contributionOf({ status: 'approved', reported: true, minutesHeld: 12 });
    expect(dayDifference(undefined, held)).toEqual({ held: 1 });
    expect(dayDifference(held, decided)).toEqual({ held: -1, approved: 1, reported: 1, '12m': 1 });
    expect(dayDifference(decided, contributionOf({ status: 'approved', minutesHeld: 60 }))).toEqual({
      ...{ reported: -1, '12m': -1, '60m': 1 },
    });
  });
});

describe('differences', () => {
  it('count an approved reply once as a reply and once as shown', () => {
    expect(parentDifference(undefined, { status: 'approved', shown: true })).toEqual({ replyCount: 1, shownChildren: 1 });
  });

  it('count a tombstone as shown, but not as a reply', () => {
    const approved: Contribution = { status: 'approved', shown: true };
    expect(parentDifference(approved, { status: 'rejected', shown: true })).toEqual({ replyCount: -1 });
    expect(parentDifference(undefined, { status: 'rejected', shown: true })).toEqual({ shownChildren: 1 });
  });

  it('are empty exactly where the contribution stayed the same', () => {
    fc.assert(
      fc.property(anyContribution, anyContribution, (before, after) => {
        const moved = { ...dayDifference(before, after), ...parentDifference(before, after) };
        expect(Object.keys(moved).length === 0 && before?.queue === after?.queue).toBe(sameContribution(before, after));
      }),
    );
  });

  it('add up along any way to the difference from its beginning to its end', () => {
    fc.assert(
      fc.property(fc.array(anyContribution, { minLength: 1 }), (way) => {
        const steps = way.slice(1).map((after, n) => ({ before: way[n], after }));
        const last = way.at(-1);
        expect(sumOf(steps.map(({ before, after }) => statusDifference(before, after)))).toEqual(sumOf([statusDifference(way[0], last)]));
        expect(sumOf(steps.map(({ before, after }) => dayDifference(before, after)))).toEqual(sumOf([dayDifference(way[0], last)]));
        expect(sumOf(steps.map(({ before, after }) => parentDifference(before, after)))).toEqual(parentDifference(way[0], last));
      }),
    );
  });

  it('leave zeroes out of a sum', () => {
    expect(sumOf([{ held: 1, approved: 2 }, { held: -1 }, {}])).toEqual({ approved: 2 });
  });
});

describe('who sees a comment', () => {
  it.each(commentStatuses.filter((status) => status !== 'approved'))(
    'readers do not see a %s one that nothing is shown below',
    (status) => {
      expect(isShown({ status })).toBe(false);
      expect(isShown({ status, counted: { shown: false } })).toBe(false);
    },
  );

  it('readers see an approved one, and a tombstone', () => {
    expect(isShown({ status: 'approved' })).toBe(true);
    expect(isShown({ status: 'rejected', counted: { shown: true } })).toBe(true);
    expect(commentStatuses.filter(isApproved)).toEqual(['approved']);
  });

  it('a tombstone tells whether its author or somebody else took the comment down', () => {
    const said = (status: CommentStatus) => tombstoneStatus(status);
    expect(hidden.map(said)).toEqual(hidden.map((status) => (status === 'deleted' ? 'deleted' : 'removed')));
  });
});
