import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comment } from '#comments/comment.ts';
import { type Contribution, contributionOf } from '#comments/rules/contribution.ts';
import { commentStatuses } from '#comments/rules/status.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { dayOf } from '#comments/rules/view.ts';
import { planSettling } from '#settling/plan.ts';
import { articleTallyKey, commentKey, dayTallyKey, recordKey } from '#table/keys.ts';
import { commentWith } from './comments.ts';

const approved: Contribution = { status: 'approved', shown: true };
const verdict = (outcome: Verdict['outcome']): Verdict => ({ outcome, policyVersion: 1, at: '2026-11-23T09:00:00.000Z', rules: [] });
const parent = '01a2087d-055f-761f-a4ff-8ff03da283de';

/** What a plan adds, by partition. */
const added = (plan: ReturnType<typeof planSettling>) => Object.fromEntries((plan?.shares ?? []).map(({ key, add }) => [key.pk, add]));

describe('settling a new comment', () => {
  it('shows and counts it in the same write when it is approved', () => {
    const image = commentWith();
    const plan = planSettling(image, verdict('approved'));
    expect(plan?.source).toMatchObject({
      key: commentKey(image.order),
      set: {
        status: 'approved',
        counted: approved,
        unsettled: undefined,
        unscreened: undefined,
        thread: 'a1#',
        flat: undefined,
        queue: undefined,
      },
      expect: { version: 1, unsettled: true, counted: undefined },
    });
    expect(added(plan)).toEqual({
      [articleTallyKey('a1').pk]: { approved: 1, version: 1 },
      [dayTallyKey(dayOf(image.order), 'a1').pk]: { approved: 1 },
    });
  });

  it('stores the verdict that decided', () => {
    const decided = verdict('rejected');
    expect(planSettling(commentWith(), decided)?.source.set).toMatchObject({ status: 'rejected', verdict: decided, thread: undefined });
  });

  it('counts an approved reply at its parent, in the thread below it and in the flat view', () => {
    const plan = planSettling(commentWith({ parentId: parent }), verdict('approved'));
    expect(plan?.source.set).toMatchObject({ thread: `a1#${parent}`, flat: 'a1' });
    expect(added(plan)[commentKey(parent).pk]).toEqual({ replyCount: 1, shownChildren: 1 });
  });

  it('does not tell the parent of a reply that nobody sees', () => {
    expect(added(planSettling(commentWith({ parentId: parent }), verdict('rejected')))).not.toHaveProperty([commentKey(parent).pk]);
  });

  it('puts a held comment into one shard of its queue and counts it there', () => {
    const image = commentWith();
    const plan = planSettling(image, verdict('held'));
    const queue = plan?.source.set?.queue;
    expect(queue).toMatch(/^held#[0-3]$/);
    expect(added(plan)[`Q#${queue}`]).toEqual({ size: 1 });
  });
});

describe('settling a change', () => {
  it('takes an approved comment back from every sum that has it', () => {
    const image = commentWith({ parentId: parent, status: 'rejected', counted: approved, unscreened: undefined, version: 4 });
    const plan = planSettling(image, undefined);
    expect(added(plan)).toEqual({
      [articleTallyKey('a1').pk]: { approved: -1, rejected: 1, version: 1 },
      [recordKey('ann').pk]: { rejected: 1 },
      [dayTallyKey(dayOf(image.order), 'a1').pk]: { approved: -1, rejected: 1 },
      [commentKey(parent).pk]: { replyCount: -1, shownChildren: -1 },
    });
    expect(plan?.source.set).toMatchObject({ thread: undefined, flat: undefined });
  });

  it('leaves a taken down comment in its place as a tombstone while something is shown below it', () => {
    const image = commentWith({ parentId: parent, status: 'rejected', counted: approved, unscreened: undefined, shownChildren: 1 });
    const plan = planSettling(image, undefined);
    expect(plan?.source.set).toMatchObject({ thread: `a1#${parent}`, flat: undefined, counted: { status: 'rejected', shown: true } });
    expect(added(plan)[commentKey(parent).pk]).toEqual({ replyCount: -1 });
  });

  it('moves what its day tells of it: its status, whether it was reported, how long it was held', () => {
    const counted: Contribution = { status: 'held', shown: false, queue: 'held', minutesHeld: 3 };
    const image = commentWith({ ...{ status: 'approved', counted, minutesHeld: 7, unscreened: undefined }, reports: { spam: 1 } });
    const plan = planSettling(image, undefined);
    expect(plan?.source.set?.counted).toMatchObject({ reported: true, minutesHeld: 7 });
    const daily = { held: -1, approved: 1, reported: 1, '3m': -1, '7m': 1 };
    expect(plan?.shares).toContainEqual({ key: dayTallyKey(dayOf(image.order), 'a1'), add: daily });
  });

  it('leaves the day alone where only the thread around the comment changed', () => {
    const image = commentWith({ ...{ status: 'rejected', counted: { status: 'rejected', shown: false } }, shownChildren: 1 });
    expect(added(planSettling(image, undefined))).not.toHaveProperty([dayTallyKey(dayOf(image.order), 'a1').pk]);
  });

  it('lets a comment out of its queue', () => {
    const image = commentWith({ status: 'approved', counted: { status: 'held', shown: false, queue: 'held' }, unscreened: undefined });
    const sizes = (planSettling(image, undefined)?.shares ?? []).filter(({ key }) => key.pk.startsWith('Q#'));
    expect(sizes).toMatchObject([{ add: { size: -1 } }]);
  });

  it('only takes the flag off where nothing of the contribution moved', () => {
    const plan = planSettling(commentWith({ status: 'approved', counted: approved, unscreened: undefined }), undefined);
    expect(plan?.shares).toEqual([]);
    expect(plan?.source.set).toMatchObject({ unsettled: undefined });
  });

  it('lets a tombstone go when the last thing below it has gone, though nobody touched it', () => {
    const image = commentWith({
      status: 'rejected',
      parentId: parent,
      counted: { status: 'rejected', shown: true },
      shownChildren: 0,
      unsettled: undefined,
      unscreened: undefined,
    });
    const plan = planSettling(image, undefined);
    expect(plan?.source).toMatchObject({ set: { thread: undefined }, expect: { unsettled: undefined, shownChildren: 0 } });
    expect(added(plan)[commentKey(parent).pk]).toEqual({ shownChildren: -1 });
  });

  it('has nothing to do for a settled hidden comment that counts what it always did', () => {
    const image = commentWith({
      status: 'rejected',
      counted: { status: 'rejected', shown: true },
      shownChildren: 2,
      unsettled: undefined,
      unscreened: undefined,
    });
    expect(planSettling(image, undefined)).toBeUndefined();
  });
});

describe('the condition of a plan', () => {
  it('names what is shown below, unless the comment is approved and counts the same whatever that is', () => {
    expect(planSettling(commentWith({ shownChildren: 2 }), verdict('held'))?.source.expect).toHaveProperty('shownChildren', 2);
    expect(planSettling(commentWith(), verdict('held'))?.source.expect).toHaveProperty('shownChildren', undefined);
    expect(planSettling(commentWith({ shownChildren: 2 }), verdict('approved'))?.source.expect).not.toHaveProperty('shownChildren');
  });

  it('never lets the same image be counted twice: afterwards its own condition fails', () => {
    const minutesHeld = fc.option(fc.nat(2), { nil: undefined });
    const contribution = fc.option(
      fc
        .record({ ...{ status: fc.constantFrom(...commentStatuses), shownChildren: fc.nat(2) }, reported: fc.boolean(), minutesHeld })
        .map(contributionOf),
      { nil: undefined },
    );
    const image = fc
      .record({
        status: fc.constantFrom(...commentStatuses),
        counted: contribution,
        shownChildren: fc.option(fc.nat(2), { nil: undefined }),
        reports: fc.option(fc.constant({ spam: 1 }), { nil: undefined }),
        minutesHeld,
        unsettled: fc.constantFrom(true as const, undefined),
        unscreened: fc.constant(undefined),
      })
      .map(commentWith);
    fc.assert(
      fc.property(image, (before) => {
        const plan = planSettling(before, undefined);
        fc.pre(plan !== undefined);
        const after = { ...before, ...plan?.source.set } as Record<string, unknown>;
        const holds = Object.entries(plan?.source.expect ?? {}).every(
          ([name, value]) => JSON.stringify(after[name]) === JSON.stringify(value),
        );
        expect(holds).toBe(false);
        const again = JSON.parse(JSON.stringify(after)) as Comment;
        expect(planSettling(again, undefined)).toBeUndefined();
      }),
    );
  });
});
