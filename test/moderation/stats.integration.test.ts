import { beforeAll, describe, expect, it } from 'vitest';
import { readComments } from '#comments/comment-storage.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { applyDecision } from '#moderation/apply-decision.ts';
import { call, type TestResponse } from '../support/call.ts';
import { parseAnswer } from '../support/contract.ts';
import { comment, decide, moderate, openNewsroom, publish, putPolicy } from '../support/newsroom.ts';
import { postedAt } from '../support/posted-at.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

const dayLength = 86_400_000;
/** Noon of the day so many days ago: no test runs over its end. */
const noon = (daysAgo: number) => Math.floor(Date.now() / dayLength) * dayLength - daysAgo * dayLength + dayLength / 2;
const dayAt = (time: number) => new Date(time).toISOString().slice(0, 10);
const nothing = { submitted: 0, approved: 0, held: 0, rejected: 0, spam: 0, deleted: 0, muted: 0, reported: 0 };

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await putPolicy({ suspectPhrases: ['fishy'], bannedPhrases: ['foul'] });
  for (const article of ['a1', 'a2', 'a3']) await publish(article);
});

async function stats(query: Record<string, string> = {}): Promise<TestResponse['json']['days']> {
  const answer = await moderate('/v1/moderation/stats', { query });
  expect(answer.status).toBe(200);
  parseAnswer('getStats', answer);
  return answer.json.days;
}

const statsOf = async (day: string) => (await stats({ days: '90' })).find((each: { day: string }) => each.day === day);

/** Who decided lately; a test may run over midnight. */
const deciders = async (): Promise<{ id: string; name: string; decisions: number }[]> =>
  (await stats({ days: '2' })).flatMap(({ moderators }: { moderators: unknown }) => moderators);

const report = async (member: string, article: string, id: string) =>
  call(`POST /v1/articles/${article}/comments/${id}/reports`, { token: await tokenOf(member), body: { reason: 'abuse' } });

/** Leaves a comment that was posted at a moment and has been held for so many minutes. */
async function heldFor(minutes: number, time: number): Promise<string> {
  // Half a minute more, so that it is neither more nor less on a busy machine.
  const at = new Date(Date.now() - (minutes + 0.5) * 60_000).toISOString();
  const verdict: Verdict = { outcome: 'held', policyVersion: 1, at, rules: [] };
  return postedAt(time, { status: 'held', verdict, unscreened: undefined });
}

describe('the stats of the last days', () => {
  it('name every day, today first, though nothing happened on it', async () => {
    const today = Date.now();
    const days = await stats({ days: '90' });
    expect(days.map(({ day }: { day: string }) => day)).toEqual(Array.from({ length: 90 }, (_, n) => dayAt(today - n * dayLength)));
    expect(days[89]).toEqual({ day: dayAt(today - 89 * dayLength), ...nothing, medianMinutesHeld: null, moderators: [] });
    expect(await stats()).toHaveLength(7);
    expect(await stats({ days: '1' })).toHaveLength(1);
  });

  it('are what becomes of the comments of a day, over all articles', async () => {
    const [time, day] = [noon(10), dayAt(noon(10))];
    for (const articleId of ['a1', 'a2', 'a3']) await postedAt(time, { articleId });
    const fishy = await postedAt(time, { articleId: 'a2', body: 'fishy' });
    await postedAt(time, { articleId: 'a2', body: 'foul' });
    const reported = await postedAt(time, { articleId: 'a3', body: 'arguable' });
    expect(await statsOf(day)).toMatchObject(nothing);
    await settle();
    expect(await statsOf(day)).toMatchObject({ ...nothing, submitted: 6, approved: 4, held: 1, rejected: 1, medianMinutesHeld: null });

    await report('rob', 'a3', reported);
    await report('sue', 'a3', reported);
    await decide('a2', fishy, 'spam');
    await settle();
    expect(await statsOf(day)).toMatchObject({
      ...nothing,
      submitted: 6,
      approved: 4,
      spam: 1,
      rejected: 1,
      reported: 1,
      medianMinutesHeld: 0,
    });

    await decide('a3', reported, 'reject');
    await settle();
    expect(await statsOf(day)).toMatchObject({ ...nothing, submitted: 6, approved: 3, spam: 1, rejected: 2, reported: 1 });
    for (const member of ['rob', 'sue']) await call('DELETE /v1/me', { token: await tokenOf(member) });
    await settle();
    expect(await statsOf(day)).toMatchObject({ submitted: 6, reported: 0 });
  });

  it('know what its author deleted, and what only its author sees', async () => {
    const [time, day] = [noon(40), dayAt(noon(40))];
    await postedAt(time, { body: 'look at me', standing: 'muted' });
    const id = await postedAt(time, { body: 'taken back' });
    await settle();
    expect(await statsOf(day)).toMatchObject({ ...nothing, submitted: 2, approved: 1, muted: 1 });
    await call(`DELETE /v1/articles/a1/comments/${id}`, { token: await tokenOf('ann') });
    await settle();
    expect(await statsOf(day)).toMatchObject({ ...nothing, submitted: 2, deleted: 1, muted: 1 });
  });

  it('tell the median of the minutes for which comments were held, once and as it was decided', async () => {
    const [time, day] = [noon(20), dayAt(noon(20))];
    const ids: string[] = [];
    for (const minutes of [2, 7, 90, 300]) ids.push(await heldFor(minutes, time));
    await settle();
    expect(await statsOf(day)).toMatchObject({ held: 4, medianMinutesHeld: null });
    const medians: number[] = [];
    for (const id of ids) {
      await decide('a1', id, 'approve');
      await settle();
      medians.push((await statsOf(day)).medianMinutesHeld);
    }
    expect(medians).toEqual([2, 4.5, 7, 33.5]);
    await decide('a1', ids[0] ?? '', 'reject');
    await settle();
    expect(await statsOf(day)).toMatchObject({ submitted: 4, approved: 3, rejected: 1, medianMinutesHeld: 33.5 });
  });

  it('go on knowing how long a comment was held after its author has taken it back', async () => {
    const [time, day] = [noon(30), dayAt(noon(30))];
    const id = await heldFor(12, time);
    await settle();
    await decide('a1', id, 'reject');
    await call(`DELETE /v1/articles/a1/comments/${id}`, { token: await tokenOf('ann') });
    await settle();
    expect(await statsOf(day)).toMatchObject({ ...nothing, submitted: 1, deleted: 1, medianMinutesHeld: 12 });
  });
});

describe('the decisions of moderators', () => {
  const asModerator = async (id: string, name: string, decisions: object[]) =>
    call('POST /v1/moderation/decisions', { token: await tokenOf(id, ['moderator'], name), body: { decisions } });

  it('count for the day on which they were taken, whatever a moderator is called', async () => {
    const id = await comment('ann', 'a1', 'decided on often');
    const other = await comment('ann', 'a2', 'decided on too');
    await settle();
    const odd = 'auth0|mo.7#%/ü';
    const featured = { articleId: 'a1', commentId: id, action: 'feature' };
    await asModerator(odd, 'Mo', [featured, { ...featured, action: 'unfeature' }, { articleId: 'a2', commentId: other, action: 'spam' }]);
    await asModerator('li', 'Li', [featured, featured]);
    await settle();
    expect((await deciders()).filter(({ id }) => id !== 'mod')).toEqual([
      { id: odd, name: 'Mo', decisions: 3 },
      { id: 'li', name: 'Li', decisions: 1 },
    ]);
  });

  it('are as many as are recorded', async () => {
    const records = (await scanTable<{ sk: string }>()).filter(({ sk }) => sk.startsWith('decision#'));
    expect((await deciders()).reduce((sum, { decisions }) => sum + decisions, 0)).toBe(records.length);
  });

  it('of an earlier day stay there', async () => {
    const time = noon(3);
    const id = await postedAt(time);
    await settle();
    const [image] = (await readComments([id], { consistent: true })).values();
    await applyDecision({ articleId: 'a1', commentId: id, action: 'reject' }, image, {
      actor: { id: 'late', name: 'Late' },
      isAdmin: false,
    });
    await settle();
    expect((await statsOf(dayAt(time))).moderators).toEqual([]);
    expect(await deciders()).toContainEqual({ id: 'late', name: 'Late', decisions: 1 });
  });

  it('leave no trace of a moderator who erases their data, and everything else as it was', async () => {
    const id = await comment('ann', 'a1', 'decided on by somebody who leaves');
    await settle();
    await asModerator('leaves-0815', 'Lea', [{ articleId: 'a1', commentId: id, action: 'reject' }]);
    await settle();
    const before = await deciders();
    expect(before).toContainEqual({ id: 'leaves-0815', name: 'Lea', decisions: 1 });
    await call('DELETE /v1/me', { token: await tokenOf('leaves-0815') });
    await settle();
    expect(await deciders()).toEqual(before.filter(({ id }) => id !== 'leaves-0815'));
    const days = (await scanTable<{ pk: string }>()).filter(({ pk }) => pk.startsWith('DAY#'));
    expect(JSON.stringify(days)).not.toContain('leaves-0815');
  });
});

describe('asking for stats', () => {
  it.each(['0', '91', '100', 'x', '-1', '1.5', '', '7 '])('is refused for %j days', async (days) => {
    expectProblem(await moderate('/v1/moderation/stats', { query: { days } }), 400, 'malformed-request');
  });

  it('is for moderators', async () => {
    expectProblem(await call('GET /v1/moderation/stats'), 401, 'unauthenticated');
    expectProblem(await call('GET /v1/moderation/stats', { token: await tokenOf('ann') }), 403, 'forbidden');
  });

  it('is one query a day, of half a read unit as a rule', async () => {
    const units = await unitsOf(() => stats({ days: '30' }));
    expect(units.calls).toEqual(Array.from({ length: 30 }, () => 'Query'));
    expect(units.read).toBeLessThanOrEqual(15);
  });
});
