import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, publish, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = settler(await createTable());
});

const whole = {
  title: 'The River Rises',
  url: 'https://news.example.org/river',
  author: 'Ann Author',
  section: 'Local',
  publishedAt: '2026-11-20T10:00:00.000Z',
  body: [{ heading: 'Monday', paragraphs: ['One.', 'Two.'] }],
  commenting: { open: true, mode: 'open', closesAt: '2030-01-01T00:00:00.000Z', breaking: null },
};

/** Changes an article as somebody with these roles. */
const patch = async (id: string, body: unknown, { roles = ['publisher'], ifMatch }: { roles?: string[]; ifMatch?: string } = {}) =>
  call(`PATCH /v1/articles/${id}`, { token: await tokenOf('someone', roles), body, ...(ifMatch && { headers: { 'if-match': ifMatch } }) });

describe('changing an article', () => {
  it('keeps what is not named, and answers the whole article with its ETag', async () => {
    const put = await publish('p1', whole);
    const changed = await patch('p1', { title: '  Cafe\u0301 Floods ' });
    expect(changed.status).toBe(200);
    expect(changed.json).toEqual({ ...put.json, title: 'Café Floods', revision: 2, updatedAt: expect.any(String) });
    expect(changed.headers.etag).toMatch(/^"2\./);
    expect((await read('/v1/articles/p1')).json).toEqual(changed.json);
  });

  it('empties with null what an article may be without', async () => {
    await publish('p2', whole);
    const changed = await patch('p2', { url: null, author: null, section: null, body: null, commenting: { mode: null, closesAt: null } });
    expect(changed).toMatchObject({ status: 200, json: { title: whole.title, url: null, author: null, section: null, body: [] } });
    expect(changed.json.commenting).toEqual({ open: true, mode: 'screened', closesAt: null, breaking: null });
    expect((await read('/v1/articles/p2')).json).toEqual(changed.json);
  });

  it('replaces the text as a whole, and writes it only then', async () => {
    await publish('p3', whole);
    const body = [{ paragraphs: ['New.'] }, { heading: 'Later', paragraphs: [] }];
    expect((await patch('p3', { body })).json.body).toEqual(body);
    await publish('p4', { ...whole, body: [{ paragraphs: ['x'.repeat(10_000)] }] });
    const withText = await unitsOf(() => patch('p4', { body: [{ paragraphs: ['y'.repeat(10_000)] }] }));
    const without = await unitsOf(() => patch('p4', { title: 'T' }));
    expect(withText.write - without.write).toBeGreaterThanOrEqual(20);
    expect((await read('/v1/articles/p4')).json).toMatchObject({ title: 'T', body: [{ paragraphs: ['y'.repeat(10_000)] }] });
  });

  it('merges commenting field by field', async () => {
    await publish('p5', whole);
    expect((await patch('p5', { commenting: { open: false } })).json.commenting).toEqual({ ...whole.commenting, open: false });
    expect((await patch('p5', { commenting: { mode: 'moderated' } })).json.commenting).toMatchObject({ open: false, mode: 'moderated' });
    expect((await patch('p5', {})).json.commenting).toEqual({ ...whole.commenting, open: false, mode: 'moderated' });
  });

  it('keeps the comments and tells their count', async () => {
    await publish('p6');
    await comment('ann', 'p6', 'stays');
    await settle();
    expect((await patch('p6', { title: 'T' })).json.commentCount).toBe(1);
  });

  it.each([
    ['an empty title', { title: '  ' }, '/title'],
    ['no title at all', { title: null }, '/title'],
    ['no time of publication', { publishedAt: null }, '/publishedAt'],
    ['an unknown field', { titel: 'x' }, '/titel'],
    ['an unknown field of commenting', { commenting: { opened: true } }, '/commenting/opened'],
    ['no commenting at all', { commenting: null }, '/commenting'],
    ['a mode nobody knows', { commenting: { mode: 'closed' } }, '/commenting/mode'],
    ['a part without paragraphs', { body: [{ heading: 'x' }] }, '/body/0/paragraphs'],
    ['an address that is none', { url: 'javascript:alert(1)' }, '/url'],
  ])('refuses %s and changes nothing', async (_what, body, path) => {
    const before = (await publish('p7', whole)).json;
    const refused = await patch('p7', body);
    expectProblem(refused, 422, 'invalid');
    expect(refused.json.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    expect((await read('/v1/articles/p7')).json).toEqual(before);
  });

  it('knows no article that was never published', async () => {
    expectProblem(await patch('unknown', { title: 'T' }), 404, 'not-found');
    expectProblem(await patch('unknown', { title: 'T' }, { ifMatch: '*' }), 404, 'not-found');
  });
});

describe('If-Match on a change', () => {
  it('takes the revision or the ETag, and is stale afterwards', async () => {
    const put = await publish('m1');
    expect((await patch('m1', { title: 'One' }, { ifMatch: String(put.headers.etag) })).json.revision).toBe(2);
    expectProblem(await patch('m1', { title: 'Two' }, { ifMatch: '"1"' }), 412, 'stale-revision');
    expect((await patch('m1', { title: 'Three' }, { ifMatch: '"2"' })).json).toMatchObject({ title: 'Three', revision: 3 });
  });

  it('lets one of many through; without it all are merged, one after the other', async () => {
    await publish('m2');
    const racing = await Promise.all(Array.from({ length: 6 }, () => patch('m2', { title: 'T' }, { ifMatch: '"1"' })));
    expect(racing.map(({ status }) => status).sort()).toEqual([200, ...Array(5).fill(412)]);
    const fields = [{ title: 'New' }, { author: 'Ben' }, { section: 'Sport' }];
    expect((await Promise.all(fields.map((body) => patch('m2', body)))).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await read('/v1/articles/m2')).json).toMatchObject({ title: 'New', author: 'Ben', section: 'Sport', revision: 5 });
  });
});

describe('who may change an article', () => {
  it('a moderator closes and reopens comments, and sets how they are screened', async () => {
    await publish('w1');
    const closed = await patch('w1', { commenting: { open: false, mode: 'moderated' } }, { roles: ['moderator'] });
    expect(closed).toMatchObject({ status: 200, json: { commenting: { open: false, mode: 'moderated' }, revision: 2 } });
    expect((await patch('w1', { commenting: { open: true } }, { roles: ['moderator'] })).json.commenting.open).toBe(true);
  });

  it.each([{ title: 'Mine' }, { commenting: { open: false }, section: null }, { body: [] }])(
    'a moderator may not change %j',
    async (body) => {
      await publish('w2');
      expectProblem(await patch('w2', body, { roles: ['moderator'] }), 403, 'forbidden');
      expect((await read('/v1/articles/w2')).json).toMatchObject({ title: 'Story w2', commenting: { open: true } });
    },
  );

  it.each([['publisher'], ['admin'], ['moderator', 'publisher'], ['moderator', 'admin']])('%j may change everything', async (...roles) => {
    await publish('w3');
    expect((await patch('w3', { title: 'T', commenting: { open: false } }, { roles })).status).toBe(200);
  });

  it('a member may not, and is told who may', async () => {
    await publish('w4');
    const refused = await patch('w4', { commenting: { open: false } }, { roles: [] });
    expectProblem(refused, 403, 'forbidden');
    expect(refused.json.detail).toBe('This needs the role publisher or moderator.');
  });
});
