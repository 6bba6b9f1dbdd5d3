import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventsOf } from '../../functions/events/events-of.ts';
import { table } from '../../functions/table/client.ts';
import { toEventRecord } from '../../local/streams/record.ts';
import { call } from '../support/call.ts';
import { parseAnswer } from '../support/contract.ts';
import { comment, decide, heldSize, moderate, openNewsroom, publish } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { isMapped } from '../support/settling.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable, scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;
let readStream: ReturnType<typeof streamReader>;
let posted = 0;

beforeAll(async () => {
  settle = await openNewsroom();
  readStream = streamReader(await createTable());
  await publish('m1', { commenting: { mode: 'moderated' } });
});

/** Begins with an empty queue that nobody holds anything of. */
beforeEach(async () => {
  for (let items = await queue(); items.length > 0; items = await queue()) {
    for (const { id } of items) await decide('m1', id, 'reject');
    await settle();
  }
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Lets a time pass at once, in milliseconds. */
const pass = (time: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + time });

const path = '/v1/moderation/queues/held/claims';
const claimAs = async (moderator: string, limit: unknown, roles = ['moderator']) =>
  call(`POST ${path}`, { token: await tokenOf(moderator, roles), body: { limit } });

/** Claims as somebody who must be let; gives the ids. */
async function claim(moderator: string, limit: number): Promise<string[]> {
  const answer = await claimAs(moderator, limit);
  expect(answer.status).toBe(200);
  parseAnswer('claimComments', answer);
  return idsOf(answer.json.items);
}

async function giveBack(moderator: string): Promise<void> {
  const answer = await call(`DELETE ${path}`, { token: await tokenOf(moderator, ['moderator']) });
  expect(answer.status).toBe(204);
  parseAnswer('giveBackClaims', answer);
}

const queue = async () => (await moderate('/v1/moderation/queues/held', { query: { limit: '100' } })).json.items;
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);
const holders = async () => (await queue()).map(({ claimedBy }: { claimedBy: string | null }) => claimedBy);

/** What the table keeps as held of the queue. */
const leases = async () =>
  (await scanTable<{ pk: string; sk: string; leases: unknown[] }>()).find(({ pk, sk }) => pk === 'Q#held' && sk === 'claims')?.leases;

/** Lets so many comments wait; gives their ids, oldest first. */
async function wait(count: number): Promise<string[]> {
  const ids = [];
  for (let n = 0; n < count; n += 1) ids.push(await comment(`member-${n % 7}`, 'm1', `waits as number ${posted++}`));
  await settle();
  return ids.sort();
}

describe('claiming', () => {
  it('gives the oldest that nobody else holds, as the queue shows them', async () => {
    const ids = await wait(5);
    const before = Date.now();
    const { json } = await claimAs('mia', 2);
    expect(idsOf(json.items)).toEqual(ids.slice(0, 2));
    expect(Date.parse(json.claimedUntil) - before).toBeGreaterThanOrEqual(60_000);
    expect(Date.parse(json.claimedUntil) - Date.now()).toBeLessThanOrEqual(60_000);
    expect((await queue()).slice(0, 2)).toEqual(json.items);
    expect(json.items[0]).toMatchObject({ status: 'held', claimedBy: 'mia', claimedUntil: json.claimedUntil, parent: null });

    expect(await claim('noa', 2)).toEqual(ids.slice(2, 4));
    expect(await claim('oli', 2)).toEqual(ids.slice(4));
    expect((await claimAs('pam', 2)).json).toEqual({ items: [], claimedUntil: null });
    expect(await holders()).toEqual(['mia', 'mia', 'noa', 'noa', 'oli']);
  });

  it('again gives what I still hold first, for another minute, and fills up', async () => {
    const ids = await wait(5);
    await claim('noa', 2);
    await claim('mia', 2);
    await giveBack('noa');
    pass(50_000);
    expect(await claim('mia', 3)).toEqual([ids[2], ids[3], ids[0]]);
    pass(50_000);
    expect(await holders()).toEqual(['mia', null, 'mia', 'mia', null]);
  });

  it('again for less leaves the rest mine until it ends by itself', async () => {
    const ids = await wait(3);
    await claim('mia', 3);
    pass(30_000);
    expect(await claim('mia', 1)).toEqual(ids.slice(0, 1));
    expect(await holders()).toEqual(['mia', 'mia', 'mia']);
    pass(30_001);
    expect(await holders()).toEqual(['mia', null, null]);
  });

  it('passes over what was decided on a moment ago', async () => {
    const ids = await wait(30);
    for (const id of await claim('mia', 25)) await decide('m1', id, 'approve');
    expect(await claim('mia', 25)).toEqual(ids.slice(25));
  });

  it('holds nothing that turned out to wait no longer, also where nothing else waits', async () => {
    const [id = ''] = await wait(1);
    await decide('m1', id, 'approve');
    expect((await claimAs('mia', 5)).json).toEqual({ items: [], claimedUntil: null });
    expect(await leases()).toEqual([]);
  });

  it('again, where somebody else came first, begins with what the refusal tells, and reads no text before it holds it', async () => {
    const ids = await wait(6);
    const calls: string[] = [];
    const send = table.send.bind(table) as (command: object) => Promise<unknown>;
    const noted = (command: object) => {
      calls.push(command.constructor.name);
      return send(command);
    };
    const spy = vi.spyOn(table, 'send').mockImplementation((async (command: object) => {
      if (command.constructor.name !== 'UpdateItemCommand') return noted(command);
      spy.mockImplementation(send as never);
      expect(await claim('noa', 2)).toEqual(ids.slice(0, 2));
      spy.mockImplementation(noted as never);
      return noted(command);
    }) as never);
    expect(await claim('mia', 2)).toEqual(ids.slice(2, 4));
    const [query, update] = ['QueryCommand', 'UpdateItemCommand'];
    const rows = [query, query, query, query];
    expect(calls.slice(0, 12)).toEqual(['GetItemCommand', ...rows, update, ...rows, update, 'BatchGetItemCommand']);
    expect(await holders()).toEqual(['noa', 'noa', 'mia', 'mia', null, null]);
  });
});

describe('a claim ends', () => {
  it('by itself after a minute', async () => {
    const ids = await wait(2);
    await claim('mia', 2);
    pass(59_000);
    expect(await claim('noa', 2)).toEqual([]);
    pass(1_001);
    expect(await holders()).toEqual([null, null]);
    expect(await claim('noa', 2)).toEqual(ids);
  });

  it('when it is given back, and only mine', async () => {
    await wait(3);
    await claim('mia', 2);
    await claim('noa', 1);
    await giveBack('mia');
    expect(await holders()).toEqual([null, null, 'noa']);
    await giveBack('mia');
    expect(await holders()).toEqual([null, null, 'noa']);
  });

  it('by a decision, whoever decides: a claim is no lock', async () => {
    const [first = '', second = '', third = ''] = await wait(3);
    await claim('mia', 3);
    expect(await decide('m1', first, 'approve')).toMatchObject({ outcome: 'applied' });
    const token = await tokenOf('mia', ['moderator']);
    const decisions = [{ articleId: 'm1', commentId: second, action: 'spam' }];
    expect((await call('POST /v1/moderation/decisions', { token, body: { decisions } })).json.results[0].outcome).toBe('applied');
    await settle();
    expect(await holders()).toEqual(['mia']);
    expect(await claim('noa', 3)).toEqual([]);
    expect(await claim('mia', 3)).toEqual([third]);
  });

  it('by a decision for good, also where the comment comes back within the minute', async () => {
    await publish('a1');
    const id = await comment('ann', 'a1', 'Reported twice');
    const report = async (member: string) =>
      call(`POST /v1/articles/a1/comments/${id}/reports`, { token: await tokenOf(member), body: { reason: 'abuse' } });
    const reported = async () => (await moderate('/v1/moderation/queues/reported')).json.items;
    await settle();
    await report('ben');
    await settle();
    const token = await tokenOf('mia', ['moderator']);
    const claimed = await call('POST /v1/moderation/queues/reported/claims', { token, body: { limit: 1 } });
    expect(claimed.json.items).toMatchObject([{ id, claimedBy: 'mia', reports: { count: 1 } }]);
    await decide('a1', id, 'feature');
    expect(await reported()).toMatchObject([{ id, claimedBy: 'mia' }]);

    await decide('a1', id, 'approve');
    await settle();
    expect(await reported()).toEqual([]);
    await report('cyn');
    await settle();
    expect(await reported()).toMatchObject([{ id, claimedBy: null, claimedUntil: null }]);
    await decide('a1', id, 'approve');
    await settle();
  });

  it('not by a decision that came to nothing', async () => {
    const [id = ''] = await wait(1);
    await claim('mia', 1);
    expect(await decide('m1', id, 'approve', { revision: 7 })).toMatchObject({ outcome: 'conflict' });
    expect(await decide('m1', id, 'feature')).toMatchObject({ outcome: 'conflict' });
    expect(await holders()).toEqual(['mia']);
  });
});

describe('claims', () => {
  it('change no size of a queue, whatever becomes of them', async () => {
    const ids = await wait(12);
    await claim('mia', 5);
    await claim('noa', 5);
    expect(await heldSize()).toBe(12);
    for (const id of ids.slice(3, 7)) await decide('m1', id, 'approve');
    await settle();
    expect(await heldSize()).toBe(8);
    await giveBack('noa');
    expect(await heldSize()).toBe(8);
    pass(60_001);
    expect(await claim('oli', 25)).toEqual([...ids.slice(0, 3), ...ids.slice(7)]);
    for (const id of ids.slice(0, 3)) await decide('m1', id, 'reject');
    await settle();
    expect(await heldSize()).toBe(5);
    expect(idsOf(await queue())).toEqual(ids.slice(7));
  });

  it('write nothing but an item of their own, which wakes no settling and is told to nobody', async () => {
    await wait(3);
    await readStream();
    const before = await scanTable<{ sk: string }>();
    await claim('mia', 2);
    await claim('noa', 1);
    await giveBack('mia');
    const records = await readStream();
    expect(records).toHaveLength(3);
    expect(records.filter(isMapped)).toEqual([]);
    expect(records.flatMap((record) => eventsOf(toEventRecord(record as never, { region: '', streamArn: '' }) as never))).toEqual([]);
    const others = (items: { sk: string }[]) => items.filter(({ sk }) => sk !== 'claims');
    expect(others(await scanTable())).toEqual(others(before));
  });

  it('cost one read and one write beside what is read of the queue, and a queue shows them for half a unit', async () => {
    await wait(25);
    const claiming = await unitsOf(() => claim('mia', 25));
    expect(claiming.calls.filter((name) => name === 'UpdateItem')).toHaveLength(1);
    expect(claiming.write).toBe(1);
    const showing = await unitsOf(() => queue());
    expect(showing.calls.filter((name) => name === 'GetItem')).toHaveLength(1);
  });

  it('forget a moderator who erases their data, and nobody else', async () => {
    await wait(2);
    await claim('mod-4711', 1);
    await claim('noa', 1);
    expect(JSON.stringify(await scanTable())).toContain('mod-4711');
    expect((await call('DELETE /v1/me', { token: await tokenOf('mod-4711', ['moderator']) })).status).toBe(202);
    await settle();
    expect(JSON.stringify(await scanTable())).not.toContain('mod-4711');
    expect(await holders()).toEqual([null, 'noa']);
  });

  it('are told to whoever exports their data', async () => {
    const [id] = await wait(1);
    await claim('mia', 1);
    const answer = await call('GET /v1/me/export', { token: await tokenOf('mia', ['moderator']) });
    parseAnswer('exportMe', answer);
    expect(answer.json.items).toContainEqual({ type: 'claim', queue: 'held', commentIds: [id], until: expect.stringMatching(/Z$/) });
    const other = await call('GET /v1/me/export', { token: await tokenOf('noa', ['moderator']) });
    expect(other.json.items).not.toContainEqual(expect.objectContaining({ type: 'claim' }));
  });

  it('forget in the end also what nobody asks for any more: the table deletes it', async () => {
    await wait(1);
    await claim('mia', 1);
    const [item] = (await scanTable<{ pk: string; sk: string; expiresAt: number }>()).filter(
      ({ pk, sk }) => pk === 'Q#held' && sk === 'claims',
    );
    expect(Math.abs((item?.expiresAt ?? 0) - (Date.now() + 60_000) / 1_000)).toBeLessThanOrEqual(2);
  });
});

describe('claiming is refused', () => {
  it.each([0, 26, -1, 1.5, '5', null, undefined])('for %j comments, and nothing is held', async (limit) => {
    await wait(1);
    const answer = await claimAs('mia', limit);
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toMatchObject([{ path: '/limit' }]);
    parseAnswer('claimComments', answer);
    expect(await holders()).toEqual([null]);
  });

  it('in a queue that there is not', async () => {
    const token = await tokenOf('mia', ['moderator']);
    expectProblem(await call('POST /v1/moderation/queues/lost/claims', { token, body: { limit: 1 } }), 404, 'not-found');
    expectProblem(await call('DELETE /v1/moderation/queues/lost/claims', { token }), 404, 'not-found');
  });

  it.each([[[]], [['publisher']]])('to the roles %j', async (roles) => {
    expectProblem(await claimAs('eve', 1, roles), 403, 'forbidden');
    expectProblem(await call(`DELETE ${path}`, { token: await tokenOf('eve', roles) }), 403, 'forbidden');
  });

  it('to nobody in particular', async () => {
    expectProblem(await call(`POST ${path}`, { body: { limit: 1 } }), 401, 'unauthenticated');
    expectProblem(await call(`DELETE ${path}`), 401, 'unauthenticated');
  });
});
