import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftBetween, driftedComments, sumsOf } from '#articles/rules/recount.ts';
import { contributionOf } from '#comments/rules/contribution.ts';
import { commentStatuses } from '#comments/rules/status.ts';
import { commentWith } from '../../settling/comments.ts';

const approved = contributionOf({ status: 'approved' });

describe('what an article’s comments add up to', () => {
  it('is the sum of what has been counted of each', () => {
    const parent = commentWith({ counted: approved });
    const comments = [
      parent,
      commentWith({ parentId: parent.order, counted: approved }),
      commentWith({ parentId: parent.order, counted: contributionOf({ status: 'rejected', shownChildren: 1 }) }),
      commentWith({ parentId: parent.order, counted: contributionOf({ status: 'spam' }) }),
      commentWith({ parentId: parent.order, counted: undefined }),
    ];
    const { tally, below } = sumsOf(comments);
    expect(tally).toEqual({ approved: 2, rejected: 1, spam: 1 });
    expect(below.get(parent.order)).toEqual({ replyCount: 1, shownChildren: 2 });
  });

  it('does not count what is not counted yet, though it says approved', () => {
    expect(sumsOf([commentWith({ status: 'approved', counted: undefined })]).tally).toEqual({});
  });
});

describe('drift', () => {
  it('is the sum of absolute differences, an absent count being 0', () => {
    expect(driftBetween({ approved: 3, held: 1 }, { approved: 1, spam: 4 })).toBe(2 + 1 + 4);
    expect(driftBetween({ approved: 0 }, {})).toBe(0);
  });

  it('is a distance: 0 only for the same counts, and the same both ways', () => {
    const counts = fc.dictionary(fc.constantFrom(...commentStatuses), fc.nat(5));
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(driftBetween(a, b)).toBe(driftBetween(b, a));
        expect(driftBetween(a, b) === 0).toBe(commentStatuses.every((status) => (a[status] ?? 0) === (b[status] ?? 0)));
      }),
    );
  });

  it('names the comments whose own sums are wrong, and what they should be', () => {
    const right = commentWith({ counted: approved, replyCount: 1, shownChildren: 1 });
    const wrong = commentWith({ counted: approved, replyCount: 5 });
    const comments = [right, wrong, commentWith({ parentId: right.order, counted: approved })];
    expect(driftedComments(comments, sumsOf(comments))).toEqual([
      { comment: wrong, should: { replyCount: 0, shownChildren: 0 }, drift: 5 },
    ]);
  });
});
