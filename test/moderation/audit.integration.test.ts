import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { earliestId } from '#comments/rules/earliest-id.ts';
import { type AuditEntry, auditRecord } from '#moderation/audit-record.ts';
import { writeTransaction } from '#table/transaction.ts';
import { call, type TestResponse } from '../support/call.ts';
import { parseAnswer } from '../support/contract.ts';
import { comment, decide, moderate, openNewsroom, publish, putPolicy, walk } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
  await publish('a2');
});

async function audit(query: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<TestResponse> {
  const answer = await moderate('/v1/moderation/audit', { query, headers });
  parseAnswer('listAudit', answer);
  return answer;
}

const all = async (query: Record<string, string>) =>
  (await walk('/v1/moderation/audit', { token: await tokenOf('mod', ['moderator']), query })).flat();

/** Records what `actor` did to somebody's comment, at a moment of one's choice. */
async function record(at: string, entry: Partial<AuditEntry> = {}): Promise<string> {
  const id = `${earliestId(Date.parse(at))}-7${uuidv7().slice(15)}`;
  const what = { id, actor: { id: 'zoe', name: 'Zoe' }, action: 'reject', before: 'held', after: 'rejected', ...entry };
  expect(await writeTransaction([auditRecord(what)])).toEqual({ kind: 'committed' });
  return id;
}

const idsOf = (records: { id: string }[]) => records.map(({ id }) => id);

describe('the record of moderation', () => {
  it('tells of a decision who took it, on what, whom it concerns, why, and what it changed', async () => {
    const id = await comment('ann', 'a1', 'to be recorded');
    await settle();
    await decide('a1', id, 'reject', { note: 'off topic' });
    await settle();
    const { json } = await audit({ article: 'a1' });
    expect(json).toEqual({
      items: [
        {
          ...{ id: expect.any(String), at: expect.stringMatching(/Z$/), actor: { id: 'mod', name: 'mod' }, action: 'reject' },
          ...{ articleId: 'a1', commentId: id, memberId: 'ann', before: 'approved', after: 'rejected', note: 'off topic', revision: 2 },
        },
      ],
      nextCursor: null,
    });
  });

  it('tells of a policy that was put in force, with its versions, and of none that was refused', async () => {
    const before = (await audit({ actor: 'boss' })).json.items.length;
    const { json } = await putPolicy({});
    const refused = await call('PUT /v1/moderation/policy', {
      ...{ token: await tokenOf('boss', ['admin']), body: {}, headers: { 'if-match': '"1000"' } },
    });
    expect(refused.status).toBe(412);
    const { items } = (await audit({ actor: 'boss' })).json;
    expect(items).toHaveLength(before + 1);
    expect(items[0]).toMatchObject({ action: 'put-policy', before: json.version - 1, after: json.version, note: null });
    expect(items[0]).not.toHaveProperty('memberId');
  });

  it('tells of a standing that was given, and why, each time from the one before', async () => {
    const token = await tokenOf('mod', ['moderator']);
    const stand = (body: object) => call('PATCH /v1/moderation/users/gus', { token, body });
    await Promise.all([stand({ standing: 'held', note: 'Too loud' }), stand({ standing: 'muted' })]);
    await stand({ standing: 'normal' });
    const { items } = (await audit({ member: 'gus' })).json;
    expect(items).toHaveLength(3);
    for (const item of items) expect(item).toMatchObject({ action: 'change-standing', actor: { id: 'mod' }, memberId: 'gus' });
    const [last, second, first] = items;
    expect([first.before, second.before, last.before, last.after]).toEqual(['normal', first.after, second.after, 'normal']);
    expect(items.map(({ note }: { note: string | null }) => note)).toContain('Too loud');
  });

  it('takes the record of anything else into the transaction that does it', async () => {
    const id = uuidv7();
    const entry = { id, actor: { id: 'boss', name: 'Boss' }, action: 'set-standing', memberId: 'cleo', before: 'normal', after: 'muted' };
    expect(await writeTransaction([auditRecord(entry)])).toEqual({ kind: 'committed' });
    expect((await audit({ member: 'cleo' })).json.items).toMatchObject([{ id, memberId: 'cleo', before: 'normal', after: 'muted' }]);
    expect(idsOf((await audit()).json.items)).toContain(id);
  });

  it('is never changed by anything that happens to the comment afterwards', async () => {
    const id = await comment('dora', 'a2', 'to be deleted');
    await settle();
    await decide('a2', id, 'approve');
    await decide('a2', id, 'spam');
    await settle();
    const records = async () => (await scanTable<{ sk: string }>()).filter(({ sk }) => sk.startsWith('decision#'));
    const before = await records();
    await call(`DELETE /v1/articles/a2/comments/${id}`, { token: await tokenOf('dora') });
    await call('DELETE /v1/articles/a2', { token: await tokenOf('desk', ['publisher']) });
    await settle();
    expect(await records()).toEqual(before);
  });
});

describe('the record is found', () => {
  const known: Record<string, string> = {};
  const one = uuidv7();

  beforeAll(async () => {
    const entries: [name: string, at: string, entry: Partial<AuditEntry>][] = [
      ['first', '2026-11-03T09:00:00.000Z', { articleId: 'f1', commentId: one, memberId: 'eve' }],
      ['second', '2026-11-03T09:00:00.001Z', { articleId: 'f1', commentId: uuidv7(), memberId: 'fay' }],
      ['third', '2026-11-09T23:59:59.999Z', { articleId: 'f2', commentId: uuidv7(), memberId: 'eve' }],
      ['fourth', '2026-11-10T00:00:00.000Z', { articleId: 'f1', commentId: one, memberId: 'eve', actor: { id: 'yan', name: 'Yan' } }],
    ];
    for (const [name, at, entry] of entries) known[name] = await record(at, entry);
  });

  const found = async (query: Record<string, string>) => {
    const ids = new Map(Object.entries(known).map(([name, id]) => [id, name]));
    return idsOf(await all({ until: '2026-11-20T00:00:00Z', ...query })).map((id) => ids.get(id));
  };

  it.each<[Record<string, string>, string[]]>([
    [{}, ['fourth', 'third', 'second', 'first']],
    [{ limit: '1' }, ['fourth', 'third', 'second', 'first']],
    [{ since: '2026-11-03T09:00:00.001Z' }, ['fourth', 'third', 'second']],
    [{ until: '2026-11-10T00:00:00.000Z' }, ['third', 'second', 'first']],
    [{ since: '2026-11-03T10:00:00.001+01:00', until: '2026-11-09T23:59:59.999Z' }, ['second']],
    [{ since: '2026-11-10T00:00:00.000Z', until: '2026-11-03T00:00:00.000Z' }, []],
    [{ actor: 'zoe' }, ['third', 'second', 'first']],
    [{ actor: 'yan' }, ['fourth']],
    [{ actor: 'nobody' }, []],
    [{ article: 'f1' }, ['fourth', 'second', 'first']],
    [{ member: 'eve' }, ['fourth', 'third', 'first']],
    [{ member: 'eve', limit: '1' }, ['fourth', 'third', 'first']],
    [{ actor: 'zoe', article: 'f1' }, ['second', 'first']],
    [{ actor: 'zoe', article: 'f1', member: 'eve' }, ['first']],
    [{ actor: 'zoe', member: 'eve', since: '2026-11-04T00:00:00Z' }, ['third']],
    [{ article: 'f2', member: 'fay' }, []],
  ])('by %j, newest first', async (query, names) => {
    expect(await found(query)).toEqual(names);
  });

  it('also in years to come, and never in a time before there was any', async () => {
    expect(idsOf(await all({ until: '9999-12-31T23:59:59.999Z', limit: '100' }))).toContain(known.first);
    expect((await audit({ until: '0001-01-01T00:00:00Z' })).json).toEqual({ items: [], nextCursor: null });
    expect((await audit({ until: '1970-01-01T00:00:00Z', actor: 'zoe' })).json).toEqual({ items: [], nextCursor: null });
  });

  it('in pages that look at a bounded number of records, though almost none of them is wanted', async () => {
    const many = { articleId: 'busy', commentId: uuidv7() };
    for (let n = 0; n < 620; n += 20) {
      await Promise.all(Array.from({ length: 20 }, () => record('2026-11-05T12:00:00.000Z', many)));
    }
    const wanted = await record('2026-11-05T11:00:00.000Z', { ...many, actor: { id: 'yan', name: 'Yan' } });
    const query = { article: 'busy', actor: 'yan' };
    const units = await unitsOf(async () => {
      const { json } = await audit(query);
      expect(json).toMatchObject({ items: [], nextCursor: expect.any(String) });
    });
    expect(units.calls).toHaveLength(10);
    expect(idsOf(await all(query))).toEqual([wanted]);
  });
});

describe('an export', () => {
  it('is a record a line, page after page by the address that each names', async () => {
    const lines: string[] = [];
    let query: Record<string, string> = { limit: '2', actor: 'zoe', until: '2026-11-04T00:00:00Z' };
    for (let pages = 1; ; pages += 1) {
      const { text, headers } = await audit(query, { accept: 'application/x-ndjson' });
      expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
      lines.push(...text.split('\n').slice(0, -1));
      const [, next] = /^<\/v1\/moderation\/audit\?(.*)>; rel="next"$/.exec(headers.link ?? '') ?? [];
      if (next === undefined) break;
      query = Object.fromEntries(new URLSearchParams(next));
      expect(pages).toBeLessThan(5);
    }
    expect(lines.map((line) => JSON.parse(line))).toEqual(await all({ actor: 'zoe', until: '2026-11-04T00:00:00Z' }));
  });

  it('of nothing is empty', async () => {
    const answer = await audit({ member: 'nobody' }, { accept: 'application/x-ndjson' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers).not.toHaveProperty('link');
  });
});

describe('asking for the record is refused', () => {
  it.each<[Record<string, string>, string]>([
    [{ since: 'yesterday' }, '/since'],
    [{ until: '2026-11-23' }, '/until'],
    [{ article: 'a b' }, '/article'],
    [{ member: 'ann\nreports' }, '/member'],
    [{ actor: '' }, '/actor'],
    [{ limit: '101' }, '/limit'],
  ])('as 400 for %j', async (query, path) => {
    const answer = await moderate('/v1/moderation/audit', { query });
    expectProblem(answer, 400, 'malformed-request');
    expect(answer.json.errors).toMatchObject([{ path }]);
  });

  it('with the cursor of another query', async () => {
    const { nextCursor } = (await audit({ actor: 'zoe', limit: '1' })).json;
    expectProblem(await moderate('/v1/moderation/audit', { query: { actor: 'yan', cursor: nextCursor } }), 400, 'bad-cursor');
    expectProblem(await moderate('/v1/moderation/audit', { query: { cursor: nextCursor } }), 400, 'bad-cursor');
  });
});
