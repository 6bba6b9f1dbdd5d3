import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { parseAnswer } from '../support/contract.ts';
import { comment, decide, moderate, openNewsroom, publish, putPolicy } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
});

async function history(id: string, query: Record<string, string> = {}, article = 'a1') {
  const answer = await moderate(`/v1/moderation/comments/${article}/${id}`, { query });
  parseAnswer('getCommentHistory', answer);
  return answer.json;
}

async function edit(member: string, id: string, body: string): Promise<void> {
  const answer = await call(`PATCH /v1/articles/a1/comments/${id}`, {
    ...{ token: await tokenOf(member), body: { body }, headers: { 'if-match': '*' } },
  });
  expect(answer.status).toBe(200);
}

async function report(member: string, id: string, body: object = { reason: 'abuse' }): Promise<void> {
  expect((await call(`POST /v1/articles/a1/comments/${id}/reports`, { token: await tokenOf(member), body })).status).toBe(201);
}

describe('the history of a comment', () => {
  it('is the comment alone before anything happened to it', async () => {
    const id = await comment('ann', 'a1', 'quite new');
    expect(await history(id)).toMatchObject({
      ...{ id, articleId: 'a1', status: 'pending', body: 'quite new', author: { id: 'ann' }, waiting: null, reportCount: 0 },
      ...{ verdicts: [], edits: [], decisions: [], reports: [], nextCursor: null },
    });
  });

  it('has the ETag that an edit of the comment takes', async () => {
    const id = await comment('ann', 'a1', 'to be edited');
    const { headers } = await moderate(`/v1/moderation/comments/a1/${id}`);
    const change = { token: await tokenOf('ann'), body: { body: 'edited' }, headers: { 'if-match': headers.etag ?? '' } };
    expect((await call(`PATCH /v1/articles/a1/comments/${id}`, change)).status).toBe(200);
    expect((await call(`PATCH /v1/articles/a1/comments/${id}`, change)).status).toBe(412);
  });

  it('is the same, byte for byte, until something happens', async () => {
    await putPolicy({ suspectPhrases: ['fishy', 'smelly'] });
    const id = await comment('ann', 'a1', 'fishy and smelly');
    await settle();
    const texts = await Promise.all(Array.from({ length: 10 }, () => moderate(`/v1/moderation/comments/a1/${id}`)));
    await putPolicy({});
    expect(texts[0]?.json.verdicts[0].rules).toHaveLength(2);
    expect(new Set(texts.map(({ text }) => text)).size).toBe(1);
  });

  it('has every text, every verdict, every report and every decision, with who and when', async () => {
    await putPolicy({ suspectPhrases: ['fishy', 'smelly'], reports: { holdAt: 1 } });
    const id = await comment('ann', 'a1', 'first, and fishy');
    await settle();
    await edit('ann', id, 'second, and smelly');
    await edit('ann', id, 'third');
    await settle();
    await decide('a1', id, 'approve', { note: 'fine by now' });
    await settle();
    await report('ben', id, { reason: 'spam', note: 'sells something' });
    await settle();
    await decide('a1', id, 'approve');
    await settle();
    await report('cat', id);
    await settle();
    await edit('ann', id, 'fourth, and fishy');

    const found = await history(id);
    expect(found).toMatchObject({ status: 'held', body: 'third', waiting: 'fourth, and fishy', reportCount: 2, nextCursor: null });
    expect(found.edits).toEqual([
      { revision: 1, body: 'first, and fishy', html: '<p>first, and fishy</p>', until: expect.stringMatching(/Z$/) },
      { revision: 2, body: 'second, and smelly', html: '<p>second, and smelly</p>', until: expect.stringMatching(/Z$/) },
      { revision: 5, body: 'third', html: '<p>third</p>', until: expect.stringMatching(/Z$/) },
    ]);
    expect(
      found.verdicts.map(({ outcome, rules }: { outcome: string; rules: { rule: string }[] }) => [
        outcome,
        ...rules.map(({ rule }) => rule),
      ]),
    ).toEqual([
      ['held', 'suspectPhrases'],
      ['held', 'waiting'],
      ['held', 'reports'],
      ['held', 'reports'],
    ]);
    expect(found.decisions).toMatchObject([
      { action: 'approve', actor: { id: 'mod', name: 'mod' }, before: 'held', after: 'approved', note: 'fine by now', revision: 4 },
      { action: 'approve', actor: { id: 'mod', name: 'mod' }, before: 'held', after: 'approved', note: null, revision: 5 },
    ]);
    expect(found.reports).toEqual([
      { memberId: 'ben', reason: 'spam', note: 'sells something', createdAt: expect.stringMatching(/Z$/) },
      { memberId: 'cat', reason: 'abuse', note: null, createdAt: expect.stringMatching(/Z$/) },
    ]);
    await settle();
    expect((await history(id)).verdicts.at(-1)).toMatchObject({
      outcome: 'held',
      rules: expect.arrayContaining([expect.objectContaining({ rule: 'suspectPhrases' })]),
    });
    await putPolicy({});
  });

  it('has a decision once, before and after it is recorded', async () => {
    const id = await comment('ann', 'a1', 'decided on');
    await settle();
    await decide('a1', id, 'reject', { note: 'no' });
    const before = (await history(id)).decisions;
    await settle();
    expect(before).toMatchObject([{ action: 'reject', note: 'no', commentId: id, memberId: 'ann' }]);
    expect((await history(id)).decisions).toEqual(before);
  });

  it('outlives the text that its author deleted, and the article', async () => {
    await publish('gone');
    const id = await comment('ann', 'gone', 'soon deleted');
    await settle();
    await decide('gone', id, 'feature');
    await call(`DELETE /v1/articles/gone/comments/${id}`, { token: await tokenOf('ann') });
    await call('DELETE /v1/articles/gone', { token: await tokenOf('desk', ['publisher']) });
    await settle();
    expect(await history(id, {}, 'gone')).toMatchObject({
      ...{ status: 'deleted', author: null, body: null, verdicts: [], edits: [], decisions: [{ action: 'feature' }] },
    });
  });

  it('comes in pages however much there is, each of three queries at most, and nothing is left out', async () => {
    await putPolicy({ reports: { holdAt: 1_000 } });
    const id = await comment('ann', 'a1', 'much reported');
    await settle();
    const members = Array.from({ length: 130 }, (_, n) => `reader ${'é'.repeat(100)} ${String(n).padStart(3, '0')}`);
    for (const member of members) await report(member, id);
    for (const member of members)
      await call(`PUT /v1/articles/a1/comments/${id}/reaction`, { token: await tokenOf(member), body: { kind: 'like' } });
    await settle();
    await decide('a1', id, 'feature');
    await settle();
    const first = await unitsOf(() => history(id));
    expect(first.calls).toEqual(['GetItem', 'Query', 'Query', 'Query']);
    const pages = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1).nextCursor)
      pages.push(await history(id, cursor ? { cursor } : {}));
    expect(pages.map(({ decisions, reports }) => [decisions.length, reports.length])).toEqual([
      [1, 99],
      [0, 31],
    ]);
    expect(pages.flatMap(({ reports }) => reports.map(({ memberId }: { memberId: string }) => memberId))).toEqual(members);
    expect(pages.map(({ reportCount, verdicts }) => [reportCount, verdicts.length])).toEqual([
      [130, 1],
      [130, 0],
    ]);
    await putPolicy({});
  });
});

describe('asking for a history is refused', () => {
  it('as 404 for a comment that there is not, or of another article', async () => {
    const id = await comment('ann', 'a1', 'here alone');
    await publish('other');
    expectProblem(await moderate(`/v1/moderation/comments/other/${id}`), 404, 'not-found');
    expectProblem(await moderate('/v1/moderation/comments/a1/01a2087d-055f-761f-a4ff-8ff03da283de'), 404, 'not-found');
    expectProblem(await moderate('/v1/moderation/comments/a1/x'), 404, 'not-found');
  });

  it('as 400 for a cursor that is none of this comment', async () => {
    const id = await comment('ann', 'a1', 'no such cursor');
    expectProblem(await moderate(`/v1/moderation/comments/a1/${id}`, { query: { cursor: 'x'.repeat(20) } }), 400, 'bad-cursor');
  });
});
