import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { Comment } from '#comments/comment.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { groupPlans, transactionOf } from '#settling/group.ts';
import { type Plan, planSettling } from '#settling/plan.ts';
import { articleTallyKey, commentKey, recordKey } from '#table/keys.ts';
import { transactionSize } from '#table/transaction.ts';
import { commentWith } from './comments.ts';

const verdict: Verdict = { outcome: 'approved', policyVersion: 1, at: '2026-11-23T09:00:00.000Z', rules: [] };

function approval(comment: Comment): { plan: Plan } {
  const plan = planSettling(comment, verdict);
  if (plan === undefined) throw new Error('there is nothing to settle');
  return { plan };
}

const updatesOf = (plans: { plan: Plan }[]) => transactionOf(plans.map(({ plan }) => plan)).map(({ Update }) => Update);
const idsOf = (plans: { plan: Plan }[]) => updatesOf(plans).map((update) => `${update?.Key?.pk} ${update?.Key?.sk}`);

describe('one transaction of a group', () => {
  it('moves every sum once, by all that the group adds to it', () => {
    const updates = updatesOf([approval(commentWith()), approval(commentWith()), approval(commentWith({ authorId: 'ben' }))]);
    const tally = updates.find((update) => update?.Key?.pk === articleTallyKey('a1').pk);
    expect(updates).toHaveLength(3 + 2);
    expect(tally?.ExpressionAttributeValues).toEqual({ ':add_approved': 3, ':add_version': 3 });
  });

  it('makes one update of a parent that is settled beside its reply', () => {
    const parent = commentWith();
    const updates = updatesOf([approval(parent), approval(commentWith({ parentId: parent.order }))]);
    const own = updates.filter((update) => update?.Key?.pk === commentKey(parent.order).pk);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({
      UpdateExpression: expect.stringMatching(/ADD #replyCount :add_replyCount, #shownChildren :add_shownChildren$/),
      ConditionExpression: expect.stringContaining('#version = :is_version'),
    });
  });

  it('has the comments first and in their order, so that a failed condition names its plan', () => {
    const group = [commentWith(), commentWith(), commentWith()];
    expect(idsOf(group.map(approval)).slice(0, 3)).toEqual(group.map(({ order }) => `${commentKey(order).pk} comment`));
  });

  it('counts the decisions of a moderator once for all comments, and notes who that is', () => {
    const by = (id: string) => ({
      ...{ id: uuidv7(), action: 'approve' as const, actor: { id, name: id.toUpperCase() } },
      ...{ before: 'held' as const, after: 'approved' as const, revision: 2 },
    });
    const plans = [commentWith({ decisions: [by('mo.1'), by('li')] }), commentWith({ decisions: [by('mo.1')] })].map(approval);
    const byModerator = updatesOf(plans).filter((update) => update?.Key?.sk.startsWith('moderator#'));
    expect(byModerator.map((update) => [update?.Key?.sk, update?.ExpressionAttributeValues])).toEqual([
      ['moderator#mo.1', expect.objectContaining({ ':add_decisions': 2, ':set_name': 'MO.1' })],
      ['moderator#li', expect.objectContaining({ ':add_decisions': 1, ':set_name': 'LI' })],
    ]);
  });

  it('leaves out sums that do not move', () => {
    const left = commentWith({ status: 'held', counted: { status: 'spam', shown: false }, unscreened: undefined });
    const entered = commentWith({ status: 'spam', counted: { status: 'held', shown: false, queue: 'held' }, unscreened: undefined });
    const group = [left, entered].map((comment) => ({ plan: planSettling(comment, undefined) as Plan }));
    expect(updatesOf(group).map((update) => update?.Key?.pk)).not.toContain(recordKey('ann').pk);
    const tally = updatesOf(group).find((update) => update?.Key?.pk === articleTallyKey('a1').pk);
    expect(tally?.ExpressionAttributeValues).toEqual({ ':add_version': 2 });
  });
});

describe('cutting into groups', () => {
  it('keeps 98 comments on one article in one transaction', () => {
    const groups = groupPlans(Array.from({ length: 98 }, (_, n) => approval(commentWith({ authorId: `member-${n}` }))));
    expect(groups).toHaveLength(1);
  });

  it.each([
    ['of one author', () => commentWith()],
    ['of many authors', (n: number) => commentWith({ authorId: `member-${n}` })],
    ['of many articles', (n: number) => commentWith({ articleId: `a${n}`, authorId: `member-${n}` })],
    ['below many parents', (n: number) => commentWith({ parentId: commentWith().order, authorId: `member-${n}` })],
  ])('loses none of 250 comments %s, keeps their order, and fits every group into a transaction', (_what, make) => {
    const plans = Array.from({ length: 250 }, (_, n) => approval(make(n)));
    const groups = groupPlans(plans);
    expect(groups.flat()).toEqual(plans);
    for (const group of groups) {
      const ids = idsOf(group);
      expect(ids.length).toBeLessThanOrEqual(transactionSize);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('counts what is recorded of decisions, and writes all of it', () => {
    const decisions = Array.from({ length: 25 }, () => ({
      ...{ id: uuidv7(), action: 'approve' as const, actor: { id: 'mo', name: 'Mo' } },
      ...{ before: 'held' as const, after: 'approved' as const, revision: 2 },
    }));
    const plans = Array.from({ length: 12 }, (_, n) => approval(commentWith({ authorId: `member-${n}`, decisions })));
    const written = groupPlans(plans).map((group) => transactionOf(group.map(({ plan }) => plan)));
    for (const items of written) expect(items.length).toBeLessThanOrEqual(transactionSize);
    expect(written.flat().filter(({ Put }) => Put !== undefined)).toHaveLength(12 * 25);
  });

  it('makes no group of nothing', () => {
    expect(groupPlans([])).toEqual([]);
  });
});
