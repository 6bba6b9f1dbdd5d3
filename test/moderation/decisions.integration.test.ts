import { TransactionConflictException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { table } from '#table/client.ts';
import { commentKey } from '#table/keys.ts';
import { call } from '../support/call.ts';
import { comment, decide, heldSize, openNewsroom, publish, putPolicy, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;
const unknown = '01a2087d-055f-761f-a4ff-8ff03da283de';

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
  await publish('m1', { commenting: { mode: 'moderated' } });
});

const approvedOn = async (article: string) => (await read(`/v1/articles/${article}`)).json.commentCount;

/** Posts and settles a comment; gives its id. */
async function settled(member: string, article: string, body: string): Promise<string> {
  const id = await comment(member, article, body);
  await settle();
  return id;
}

describe('a decision on a held comment', () => {
  it.each([
    ['approve', 'approved', 1],
    ['reject', 'rejected', 0],
    ['spam', 'spam', 0],
  ] as const)('to %s is applied, ends its waiting, and counts', async (action, status, counts) => {
    const [size, before] = [await heldSize(), await approvedOn('m1')];
    const id = await settled('ann', 'm1', `to ${action}`);
    expect(await heldSize()).toBe(size + 1);
    expect(await decide('m1', id, action)).toEqual({ commentId: id, outcome: 'applied', status });
    await settle();
    expect(await heldSize()).toBe(size);
    expect((await approvedOn('m1')) - before).toBe(counts);
    expect((await read(`/v1/articles/m1/comments/${id}`)).status).toBe(counts === 1 ? 200 : 404);
  });
});

describe('what comes of a decision', () => {
  it('is told of each where settling is in the way of one of them, for a moment or for longer', async () => {
    const [first, second] = [await settled('ann', 'a1', 'first of two'), await settled('ann', 'a1', 'second of two')];
    const send = table.send.bind(table);
    const hinder = (times: number) => {
      let left = times;
      return vi.spyOn(table, 'send').mockImplementation(async (command: unknown) => {
        const isOnSecond = command instanceof UpdateItemCommand && command.input.Key?.pk?.S === commentKey(second).pk;
        if (!isOnSecond || left === 0) return send(command as never);
        left -= 1;
        throw new TransactionConflictException({ $metadata: {}, message: 'Transaction is ongoing for the item' });
      });
    };
    const token = await tokenOf('mod', ['moderator']);
    const decisionsOn = (action: string) => ({ decisions: [first, second].map((commentId) => ({ articleId: 'a1', commentId, action })) });
    for (const [times, action, outcomes] of [
      [2, 'feature', ['applied', 'applied']],
      [1_000, 'unfeature', ['applied', 'conflict']],
    ] as const) {
      const hindering = hinder(times);
      const answer = await call('POST /v1/moderation/decisions', { token, body: decisionsOn(action) });
      hindering.mockRestore();
      expect(answer.status).toBe(200);
      expect(answer.json.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(outcomes);
    }
  });

  it('is unchanged where the comment stands there already, and nothing is written', async () => {
    const id = await settled('ann', 'a1', 'stands already');
    const before = await scanTable();
    expect(await decide('a1', id, 'approve')).toEqual({ commentId: id, outcome: 'unchanged', status: 'approved' });
    expect(await scanTable()).toEqual(before);
  });

  it('is not-found for an unknown comment and for one of another article', async () => {
    const id = await settled('ann', 'a1', 'not on m1');
    const before = await scanTable();
    expect(await decide('a1', unknown, 'approve')).toEqual({ commentId: unknown, outcome: 'not-found', status: null });
    expect(await decide('m1', id, 'reject')).toEqual({ commentId: id, outcome: 'not-found', status: null });
    expect(await scanTable()).toEqual(before);
  });

  it('is conflict where somebody has changed the comment since it was looked at', async () => {
    const id = await settled('ann', 'a1', 'looked at');
    await decide('a1', id, 'reject', { revision: 1 });
    expect(await decide('a1', id, 'approve', { revision: 1 })).toEqual({ commentId: id, outcome: 'conflict', status: 'rejected' });
    expect(await decide('a1', id, 'approve', { revision: 2 })).toEqual({ commentId: id, outcome: 'applied', status: 'approved' });
    await settle();
    expect((await read(`/v1/articles/a1/comments/${id}`)).json.revision).toBe(3);
  });

  it('is not a conflict only because a reply was counted meanwhile', async () => {
    const id = await settled('ann', 'a1', 'will be answered');
    await comment('ben', 'a1', 'an answer', id);
    await settle();
    expect(await decide('a1', id, 'reject', { revision: 1 })).toMatchObject({ outcome: 'applied' });
  });

  it('is conflict for featuring what is not approved', async () => {
    const id = await settled('ann', 'm1', 'not to be featured');
    expect(await decide('m1', id, 'feature')).toEqual({ commentId: id, outcome: 'conflict', status: 'held' });
  });

  it('is told for each of many, in their order, also when one is named twice', async () => {
    const [a, b] = [await settled('ann', 'a1', 'one of many'), await settled('ann', 'a1', 'two of many')];
    const token = await tokenOf('mod', ['moderator']);
    const decisions = [
      { articleId: 'a1', commentId: a, action: 'reject', note: 'off topic' },
      { articleId: 'a1', commentId: unknown, action: 'reject' },
      { articleId: 'a1', commentId: b, action: 'approve' },
      { articleId: 'a1', commentId: a, action: 'spam' },
      { articleId: 'a1', commentId: a, action: 'spam' },
    ];
    const { json } = await call('POST /v1/moderation/decisions', { token, body: { decisions } });
    expect(json.results.map(({ commentId, outcome, status }: Record<string, string>) => [commentId, outcome, status])).toEqual([
      [a, 'applied', 'rejected'],
      [unknown, 'not-found', null],
      [b, 'unchanged', 'approved'],
      [a, 'applied', 'spam'],
      [a, 'unchanged', 'spam'],
    ]);
  });

  it('is applied once by one of two moderators who decide at the same moment', async () => {
    const id = await settled('ann', 'm1', 'decided twice');
    const results = await Promise.all([decide('m1', id, 'approve'), decide('m1', id, 'approve')]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'unchanged']);
  });
});

describe('what was decided', () => {
  const recordsOf = async (id: string) => {
    const items = await scanTable<{ pk: string; sk: string; view: string }>();
    return items.filter(({ pk, sk }) => pk === `C#${id}` && sk.startsWith('decision#')).map(({ view }) => JSON.parse(view));
  };
  const stored = async (id: string) =>
    (await scanTable<Record<string, unknown>>()).find(({ pk, sk }) => pk === `C#${id}` && sk === 'comment');

  it('is recorded once and for good, however many decisions come before settling does, and an undo is one of them', async () => {
    const id = await settled('ann', 'm1', 'decided to and fro');
    await decide('m1', id, 'reject', { note: 'off topic' });
    await decide('m1', id, 'approve', { note: 'my mistake' });
    await decide('m1', id, 'feature');
    expect(await recordsOf(id)).toEqual([]);
    expect((await stored(id))?.decisions).toHaveLength(3);
    await settle();
    const common = { at: expect.any(String), actor: { id: 'mod', name: 'mod' }, articleId: 'm1', commentId: id, memberId: 'ann' };
    expect(await recordsOf(id)).toEqual([
      { id: expect.any(String), ...common, action: 'reject', before: 'held', after: 'rejected', note: 'off topic', revision: 2 },
      { id: expect.any(String), ...common, action: 'approve', before: 'rejected', after: 'approved', note: 'my mistake', revision: 3 },
      { id: expect.any(String), ...common, action: 'feature', before: 'approved', after: 'approved', note: null, revision: 4 },
    ]);
    expect(await stored(id)).toMatchObject({ status: 'approved', revision: 4 });
    expect(await stored(id)).not.toHaveProperty('decisions');
    expect(await stored(id)).not.toHaveProperty('decided');
    await decide('m1', id, 'spam');
    await settle();
    expect((await recordsOf(id)).map(({ action }) => action)).toEqual(['reject', 'approve', 'feature', 'spam']);
  });

  it('is told as applied, and recorded once, where the answer of the store was lost and the write sent again', async () => {
    const id = await settled('ann', 'm1', 'answered late');
    const send = table.send.bind(table);
    const sendTwice = (settled: boolean) => {
      let sent = false;
      return vi.spyOn(table, 'send').mockImplementation(async (command: unknown) => {
        if (!(command instanceof UpdateItemCommand) || sent) return send(command as never);
        sent = true;
        await send(command);
        if (settled) await settle();
        return send(command);
      });
    };
    for (const [settledMeanwhile, action, status, revision] of [
      [false, 'approve', 'approved', 1],
      [true, 'reject', 'rejected', 2],
    ] as const) {
      const sending = sendTwice(settledMeanwhile);
      const result = await decide('m1', id, action, { revision });
      sending.mockRestore();
      expect(result).toMatchObject({ outcome: 'applied', status });
      await settle();
    }
    expect((await recordsOf(id)).map(({ action }) => action)).toEqual(['approve', 'reject']);
  });

  it('waits on the comment up to 25 decisions; beyond, a moderator is asked to try again', async () => {
    const id = await settled('ann', 'a1', 'much ado');
    const decisions = Array.from({ length: 25 }, (_, n) => ({
      articleId: 'a1',
      commentId: id,
      action: n % 2 === 0 ? 'reject' : 'approve',
    }));
    const token = await tokenOf('mod', ['moderator']);
    const { json } = await call('POST /v1/moderation/decisions', { token, body: { decisions } });
    expect(json.results.every(({ outcome }: { outcome: string }) => outcome === 'applied')).toBe(true);
    const more = await call('POST /v1/moderation/decisions', { token, body: { decisions: [{ ...decisions[1] }] } });
    expectProblem(more, 503, 'unavailable');
    await settle();
    expect(await recordsOf(id)).toHaveLength(25);
    expect(await decide('a1', id, 'approve')).toMatchObject({ outcome: 'applied' });
    await settle();
  });

  it('stands when its author edits the comment before it is settled', async () => {
    const id = await settled('ann', 'a1', 'about to be edited');
    await decide('a1', id, 'feature');
    const edit = { token: await tokenOf('ann'), body: { body: 'edited' }, headers: { 'if-match': '"2"' } };
    expect(await call(`PATCH /v1/articles/a1/comments/${id}`, edit)).toMatchObject({ status: 200, json: { revision: 3 } });
    await settle();
    expect((await read(`/v1/articles/a1/comments/${id}`)).json).toMatchObject({ body: 'edited', featured: true, revision: 3 });
    expect((await recordsOf(id)).map(({ action }) => action)).toEqual(['feature']);
  });

  it('stands when its author deletes the comment before it is settled', async () => {
    const id = await settled('ann', 'a1', 'about to be deleted');
    await decide('a1', id, 'reject');
    expect((await call(`DELETE /v1/articles/a1/comments/${id}`, { token: await tokenOf('ann') })).status).toBe(204);
    await settle();
    expect(await stored(id)).toMatchObject({ status: 'deleted', revision: 3 });
    expect((await recordsOf(id)).map(({ action }) => action)).toEqual(['reject']);
  });
});

describe('featuring', () => {
  it('outlives an edit that waits to be screened', async () => {
    const id = await settled('ann', 'a1', 'good already');
    const edit = { token: await tokenOf('ann'), body: { body: 'good, and better now' }, headers: { 'if-match': '"1"' } };
    expect((await call(`PATCH /v1/articles/a1/comments/${id}`, edit)).status).toBe(200);
    await decide('a1', id, 'feature');
    await settle();
    expect((await read(`/v1/articles/a1/comments/${id}`)).json).toMatchObject({ body: 'good, and better now', featured: true });
  });

  it('marks an approved comment until it is taken away or taken down', async () => {
    const id = await settled('ann', 'a1', 'very good');
    const featured = async () => (await read(`/v1/articles/a1/comments/${id}`)).json.featured;
    expect(await decide('a1', id, 'feature')).toMatchObject({ outcome: 'applied', status: 'approved' });
    expect(await featured()).toBe(true);
    expect(await decide('a1', id, 'feature')).toMatchObject({ outcome: 'unchanged' });
    await decide('a1', id, 'unfeature');
    expect(await featured()).toBe(false);
    await decide('a1', id, 'feature');
    await decide('a1', id, 'reject');
    await decide('a1', id, 'approve');
    await settle();
    expect(await featured()).toBe(false);
  });
});

describe('a decision before screening', () => {
  it('stands: the policy does not decide once more', async () => {
    await putPolicy({ bannedPhrases: ['rotten'] });
    const id = await comment('ann', 'a1', 'a rotten tomato');
    expect(await decide('a1', id, 'approve')).toMatchObject({ outcome: 'applied', status: 'approved' });
    await settle();
    expect((await read(`/v1/articles/a1/comments/${id}`)).json.status).toBe('approved');
    await putPolicy({});
  });

  it('on a comment that is shown before it is screened counts as one', async () => {
    await publish('open', { commenting: { mode: 'open' } });
    await putPolicy({ bannedPhrases: ['rotten'] });
    const id = await comment('ann', 'open', 'a rotten tomato');
    expect(await decide('open', id, 'approve')).toMatchObject({ outcome: 'applied', status: 'approved' });
    await settle();
    expect(await approvedOn('open')).toBe(1);
    await putPolicy({});
  });
});

describe('a list of decisions is refused', () => {
  const right = { articleId: 'a1', commentId: unknown, action: 'approve' };

  it.each<[unknown, string]>([
    [[], '/decisions'],
    [Array(26).fill(right), '/decisions'],
    ['approve', '/decisions'],
    [[{ ...right, action: 'delete' }], '/decisions/0/action'],
    [[right, { ...right, commentId: 'x' }], '/decisions/1/commentId'],
    [[{ ...right, articleId: 'a b' }], '/decisions/0/articleId'],
    [[{ ...right, revision: 0 }], '/decisions/0/revision'],
    [[{ ...right, note: 'x'.repeat(1_001) }], '/decisions/0/note'],
    [[{ ...right, why: 'x' }], '/decisions/0/why'],
  ])('as 422, pointing at what is wrong: %.70j', async (decisions, path) => {
    const answer = await call('POST /v1/moderation/decisions', { token: await tokenOf('mod', ['moderator']), body: { decisions } });
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toMatchObject([{ path }]);
  });
});
