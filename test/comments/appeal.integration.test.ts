import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { parseAnswer } from '../support/contract.ts';
import { comment, decide, decideAs, give, moderate, openNewsroom, publish, putPolicy, recountAs } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;
const unknown = '01a2087d-055f-761f-a4ff-8ff03da283de';

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a');
  await putPolicy({ bannedPhrases: ['foul words'] });
});

const appeal = async (member: string, id: string, body: unknown = { note: 'It is a quotation.' }, article = 'a') =>
  call(`POST /v1/articles/${article}/comments/${id}/appeal`, { token: await tokenOf(member), body });
const queue = async () => (await moderate('/v1/moderation/queues/appeals', { query: { limit: '100' } })).json.items;
const idsInQueue = async () => (await queue()).map(({ id }: { id: string }) => id);
const size = async () =>
  (await moderate('/v1/moderation/queues')).json.queues.find(({ name }: { name: string }) => name === 'appeals').size;
const mine = async (member: string, id: string) =>
  (await call('GET /v1/me/comments', { token: await tokenOf(member), query: { limit: '100' } })).json.items.find(
    (item: { id: string }) => item.id === id,
  );
const claim = async (moderator: string, limit = 25, roles = ['moderator']) => {
  const token = await tokenOf(moderator, roles);
  const answer = await call('POST /v1/moderation/queues/appeals/claims', { token, body: { limit } });
  parseAnswer('claimComments', answer);
  await call('DELETE /v1/moderation/queues/appeals/claims', { token });
  return answer.json.items.map(({ id }: { id: string }) => id);
};

let texts = 0;
/** A comment that `mod` took down; gives its id. */
async function takenDown(member: string, action: 'reject' | 'spam' = 'reject'): Promise<string> {
  const id = await comment(member, 'a', `opinion number ${texts++}`);
  await settle();
  await decide('a', id, action);
  await settle();
  return id;
}

/** A comment that the rules took down; gives its id. */
async function refusedByRules(member: string): Promise<string> {
  const id = await comment(member, 'a', `foul words, number ${texts++}`);
  await settle();
  return id;
}

describe('an appeal', () => {
  it.each(['reject', 'spam'] as const)('puts what a moderator decided to %s before another one, and moves no revision', async (action) => {
    const before = await size();
    const id = await takenDown('ann', action);
    const answer = await appeal('ann', id);
    parseAnswer('postAppeal', answer);
    expect(answer).toMatchObject({ status: 201, json: { note: 'It is a quotation.', answeredAt: null } });
    await settle();
    expect(await size()).toBe(before + 1);
    const waiting = (await queue()).find((item: { id: string }) => item.id === id);
    expect(waiting).toMatchObject({ revision: 2, appeal: { note: 'It is a quotation.', at: answer.json.at } });
    expect((await mine('ann', id)).appeal).toEqual(answer.json);
    await decideAs('mo', 'a', id, 'approve');
    await settle();
  });

  it('is taken once, also when it is sent twice at the same moment, and never again once it is answered', async () => {
    const id = await takenDown('ann');
    const answers = await Promise.all([appeal('ann', id), appeal('ann', id, { note: 'Twice.' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    await settle();
    await decideAs('mo', 'a', id, 'reject');
    await settle();
    expectProblem(await appeal('ann', id), 409, 'conflict');
    await decideAs('mo', 'a', id, 'approve');
    await decideAs('mo', 'a', id, 'reject');
    expectProblem(await appeal('ann', id), 409, 'conflict');
    await settle();
    expect(await idsInQueue()).not.toContain(id);
  });

  it('is taken before settling has counted what it is against', async () => {
    const id = await comment('ann', 'a', 'decided only just now');
    await settle();
    await decide('a', id, 'reject');
    expect((await appeal('ann', id)).status).toBe(201);
    await settle();
    expect(await idsInQueue()).toContain(id);
    await decideAs('mo', 'a', id, 'approve');
    await settle();
  });

  it('is open to who is banned', async () => {
    const id = await takenDown('bart');
    await give('bart', 'banned');
    expect((await appeal('bart', id)).status).toBe(201);
    await settle();
    await decideAs('mo', 'a', id, 'approve');
    await settle();
  });

  it('is refused against what was not taken down, muted as if it were approved', async () => {
    await publish('m', { commenting: { mode: 'moderated' } });
    await give('mut', 'muted');
    const [approved, muted] = [await comment('ann', 'a', 'fine as it is'), await comment('mut', 'a', 'seen by nobody')];
    const [held, deleted] = [await comment('ann', 'm', 'waits'), await comment('ann', 'a', 'soon taken back')];
    await settle();
    const unscreened = await comment('ann', 'a', 'not yet screened');
    const answers = [await appeal('ann', approved), await appeal('mut', muted), await appeal('ann', unscreened)];
    for (const answer of answers) expectProblem(answer, 409, 'conflict');
    expect(new Set(answers.map(({ json }) => json.detail)).size).toBe(1);
    expectProblem(await appeal('ann', held, undefined, 'm'), 409, 'conflict');
    await call(`DELETE /v1/articles/a/comments/${deleted}`, { token: await tokenOf('ann') });
    expectProblem(await appeal('ann', deleted), 409, 'conflict');
    await settle();
  });

  it('is refused against what is somebody else’s, or unknown', async () => {
    const shown = await comment('ann', 'a', 'shown to all');
    const hidden = await takenDown('ann');
    expectProblem(await appeal('ben', shown), 403, 'forbidden');
    expectProblem(await appeal('ben', hidden), 404, 'not-found');
    expectProblem(await appeal('ann', unknown), 404, 'not-found');
    expectProblem(await appeal('ann', hidden, undefined, 'elsewhere'), 404, 'not-found');
  });

  it.each([
    [{}, '/note'],
    [{ note: ' ' }, '/note'],
    [{ note: 'x'.repeat(1_001) }, '/note'],
    [{ note: 'Please.', colour: 1 }, '/colour'],
  ])('is refused as %j', async (body, path) => {
    expect(await appeal('ann', unknown, body)).toMatchObject({ status: 422, json: { errors: [{ path }] } });
  });

  it('leaves with the comment when its author deletes it, and when they erase their data', async () => {
    const before = await size();
    const [deleted, erased] = [await takenDown('ann'), await takenDown('leo')];
    await appeal('ann', deleted, { note: 'secretly meant' });
    await appeal('leo', erased, { note: 'secretly meant' });
    await settle();
    expect(await size()).toBe(before + 2);
    await call(`DELETE /v1/articles/a/comments/${deleted}`, { token: await tokenOf('ann') });
    await call('DELETE /v1/me', { token: await tokenOf('leo') });
    await settle();
    expect(await size()).toBe(before);
    expect(JSON.stringify(await scanTable())).not.toContain('secretly meant');
  });
});

describe('an answer to an appeal', () => {
  it.each([
    ['approve', 'approved'],
    ['reject', 'rejected'],
    ['spam', 'spam'],
  ] as const)('is any judgement of another moderator: %s is applied and ends the waiting', async (action, status) => {
    const before = await size();
    const id = await takenDown('ann');
    await appeal('ann', id);
    await settle();
    expect(await decideAs('mo', 'a', id, action)).toEqual({ commentId: id, outcome: 'applied', status });
    expect(await idsInQueue()).not.toContain(id);
    await settle();
    expect(await size()).toBe(before);
    const told = await mine('ann', id);
    expect(told).toMatchObject({ status, revision: 3, appeal: { answeredAt: expect.stringMatching(/Z$/) } });
    const history = await moderate(`/v1/moderation/comments/a/${id}`);
    parseAnswer('getCommentHistory', history);
    expect(history.json).toMatchObject({
      appeal: told.appeal,
      decisions: [{ actor: { id: 'mod' } }, { actor: { id: 'mo' }, after: status }],
    });
    expect(await recountAs('root', ['admin'], 'a')).toMatchObject({ json: { drift: 0 } });
  });

  it('is not for the moderator who took the comment down, but for an admin it is', async () => {
    const id = await takenDown('ann');
    await appeal('ann', id);
    const before = await scanTable();
    for (const action of ['approve', 'reject', 'spam'] as const) {
      expect(await decide('a', id, action)).toEqual({ commentId: id, outcome: 'conflict', status: 'rejected' });
    }
    expect(await scanTable()).toEqual(before);
    await settle();
    expect(await decide('a', id, 'approve')).toMatchObject({ outcome: 'conflict' });
    expect(await decideAs('mod', 'a', id, 'reject', {}, ['admin'])).toMatchObject({ outcome: 'applied' });
    await settle();
    expect(await decide('a', id, 'approve')).toMatchObject({ outcome: 'applied' });
  });

  it('may come from anybody where rules decided, be it over what a moderator had approved before', async () => {
    const id = await comment('ann', 'a', 'harmless at first');
    await settle();
    await decide('a', id, 'reject');
    await decide('a', id, 'approve');
    await settle();
    const edit = { body: { body: 'foul words at last' }, headers: { 'if-match': '"3"' } };
    expect((await call(`PATCH /v1/articles/a/comments/${id}`, { token: await tokenOf('ann'), ...edit })).status).toBe(200);
    await settle();
    const fresh = await refusedByRules('ann');
    for (const each of [id, fresh]) {
      expect((await appeal('ann', each)).status).toBe(201);
      await settle();
      expect(await decide('a', each, 'approve')).toMatchObject({ outcome: 'applied', status: 'approved' });
      await settle();
    }
  });
});

describe('claiming appeals', () => {
  it('passes over those against the moderator’s own decisions, however many come first', async () => {
    const own = [];
    for (let n = 0; n < 8; n += 1) own.push(await takenDown(`member-${n}`));
    const free = await refusedByRules('ann');
    for (const [n, id] of own.entries()) await appeal(`member-${n}`, id);
    await appeal('ann', free);
    await settle();
    expect(await claim('mod', 1)).toEqual([free]);
    expect(await claim('mod')).toEqual([free]);
    expect(await claim('mo', 3)).toEqual(own.toSorted().slice(0, 3));
    expect(await claim('mod', 25, ['admin'])).toEqual([...own, free].sort());
    for (const id of [...own, free]) await decideAs('mo', 'a', id, 'approve');
    await settle();
    expect(await claim('mo')).toEqual([]);
  });
});

describe('the reasons', () => {
  it('tell the author which rules decided, but not what they found', async () => {
    const id = await refusedByRules('ann');
    const list = await call('GET /v1/me/comments', { token: await tokenOf('ann') });
    parseAnswer('listMyComments', list);
    const { reasons } = await mine('ann', id);
    expect(reasons).toEqual({ decidedBy: 'rules', rules: ['bannedPhrases'], at: expect.stringMatching(/Z$/) });
    const here = await call('GET /v1/articles/a/me', { token: await tokenOf('ann') });
    parseAnswer('getMyArticle', here);
    expect(here.json.comments.find((each: { id: string }) => each.id === id)).toMatchObject({ reasons, appeal: null });
  });

  it('tell that a moderator decided, and neither who nor their note', async () => {
    const id = await comment('ann', 'a', 'in a moderator’s eyes off topic');
    await settle();
    await decide('a', id, 'reject', { note: 'a note among moderators' });
    for (const settled of [false, true]) {
      if (settled) await settle();
      const told = await mine('ann', id);
      expect(told.reasons).toEqual({ decidedBy: 'moderator', rules: [], at: expect.stringMatching(/Z$/) });
      expect(JSON.stringify(told)).not.toMatch(/mod"|among moderators/);
    }
    const { json } = await call('GET /v1/me/export', { token: await tokenOf('ann'), query: { limit: '100' } });
    expect(json.items.find((each: { id: string }) => each.id === id)).toMatchObject({
      reasons: { decidedBy: 'moderator', rules: [] },
      appeal: null,
    });
  });

  it('tell of what is held which rules hold it, and nothing of what is approved', async () => {
    await publish('waits', { commenting: { mode: 'moderated' } });
    const [held, approved] = [await comment('ann', 'waits', 'one that waits'), await comment('ann', 'a', 'one that is fine')];
    await settle();
    expect((await mine('ann', held)).reasons).toMatchObject({ decidedBy: 'rules', rules: ['mode'] });
    expect(await mine('ann', approved)).toMatchObject({ status: 'approved', reasons: null, appeal: null });
  });

  it('do not give a mute away, not even once a moderator took the comment down', async () => {
    await give('mim', 'muted');
    const id = await comment('mim', 'a', 'unheard');
    await settle();
    expect(await mine('mim', id)).toMatchObject({ status: 'approved', reasons: null, appeal: null });
    await decide('a', id, 'reject');
    await settle();
    expect(await mine('mim', id)).toMatchObject({ status: 'rejected', reasons: { decidedBy: 'moderator', rules: [] } });
  });
});
