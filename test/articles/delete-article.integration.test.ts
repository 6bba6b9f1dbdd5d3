import { beforeAll, describe, expect, it } from 'vitest';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, decide, heldSize, moderate, post, publish, read, recountAs } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { settler } from '../support/settling.ts';
import { createTable, scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

type Path = `/${string}`;

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = settler(await createTable());
});

async function remove(articleId: string, headers: Record<string, string> = {}) {
  const answer = await call(`DELETE /v1/articles/${articleId}`, { token: await tokenOf('desk', ['publisher']), headers });
  await ageCaches();
  return answer;
}

/** An article with three comments, of members of its own: a reply below the first, and a second. */
async function discussed(articleId: string, fields: object = {}) {
  await publish(articleId, fields);
  const first = await comment(`ann of ${articleId}`, articleId, 'first');
  await settle();
  const reply = await comment(`ben of ${articleId}`, articleId, 'reply', first);
  const second = await comment(`cat of ${articleId}`, articleId, 'second');
  await settle();
  return { first, reply, second };
}

/** Every public path of an article and its comments. */
const publicPaths = (id: string, { first, reply }: { first: string; reply: string }): [Path, Record<string, string>][] => [
  [`/v1/articles/${id}`, {}],
  [`/v1/articles/${id}/comments`, {}],
  [`/v1/articles/${id}/comments`, { sort: 'oldest' }],
  [`/v1/articles/${id}/comments`, { sort: 'top' }],
  [`/v1/articles/${id}/comments`, { replies: '3', limit: '1' }],
  [`/v1/articles/${id}/comments`, { view: 'flat' }],
  [`/v1/articles/${id}/comments`, { parent: first }],
  [`/v1/articles/${id}/comments`, { parent: first, sort: 'top' }],
  [`/v1/articles/${id}/comments/${first}`, {}],
  [`/v1/articles/${id}/comments/${reply}`, {}],
  [`/v1/articles/${id}/feed.xml`, {}],
];

describe('removing an article', () => {
  it('answers 204 and takes it and all its comments off public view', async () => {
    const ids = await discussed('r1');
    for (const [path, query] of publicPaths('r1', ids)) expect((await read(path, query)).status).toBe(200);
    const removed = await remove('r1');
    expect(removed).toMatchObject({ status: 204, text: '' });
    for (const [path, query] of publicPaths('r1', ids)) expectProblem(await read(path, query), 404, 'not-found');
  });

  it('ends every walk through its comments, also from a cursor that was given before', async () => {
    await discussed('r2');
    for (let n = 0; n < 4; n += 1) await comment(`more of r2 ${n}`, 'r2', `more ${n}`);
    await settle();
    const cursors: Record<string, string>[] = [];
    for (const query of [{}, { sort: 'oldest' }, { sort: 'top' }, { view: 'flat' }] as Record<string, string>[]) {
      const { json } = await read('/v1/articles/r2/comments', { ...query, limit: '1' });
      cursors.push({ ...query, limit: '1', cursor: json.nextCursor });
    }
    for (const query of cursors) expect((await read('/v1/articles/r2/comments', query)).status).toBe(200);
    await remove('r2');
    for (const query of cursors) expectProblem(await read('/v1/articles/r2/comments', query), 404, 'not-found');
  });

  it('is noticed by a page that only comments with reactions fill', async () => {
    const { first, second } = await discussed('r10');
    for (const id of [first, second]) {
      await call(`PUT /v1/articles/r10/comments/${id}/reaction`, { token: await tokenOf('fan'), body: { kind: 'like' } });
    }
    await settle();
    const top = { sort: 'top', limit: '1' };
    expect((await read('/v1/articles/r10/comments', top)).json.items).toMatchObject([{ reactions: { like: 1 } }]);
    await remove('r10');
    expectProblem(await read('/v1/articles/r10/comments', top), 404, 'not-found');
  });

  it('takes it out of the lists and counts it 0', async () => {
    await discussed('r3', { section: 'Gone', publishedAt: '2027-03-01T00:00:00Z' });
    expect((await read('/v1/articles', { section: 'Gone' })).json.items).toMatchObject([{ id: 'r3', commentCount: 3 }]);
    await remove('r3');
    expect((await read('/v1/articles', { section: 'Gone' })).json.items).toEqual([]);
    expect((await read('/v1/articles', { limit: '100' })).json.items.filter(({ id }: { id: string }) => id === 'r3')).toEqual([]);
    expect((await read('/v1/counts', { articles: 'r3' })).json.counts).toEqual({ r3: 0 });
  });

  it('is noticed where nobody has commented yet, and where everything is held', async () => {
    await publish('r4');
    await publish('r5', { commenting: { mode: 'moderated' } });
    await comment('ann', 'r5', 'waits');
    await settle();
    for (const id of ['r4', 'r5']) {
      await remove(id);
      expectProblem(await read(`/v1/articles/${id}/comments`), 404, 'not-found');
      expectProblem(await read(`/v1/articles/${id}/feed.xml`), 404, 'not-found');
    }
  });

  it('lets nobody comment, edit, react or report any more', async () => {
    const { first } = await discussed('r6');
    await remove('r6');
    const before = await scanTable();
    const path = `/v1/articles/r6/comments/${first}` as const;
    const [ann, dan] = [await tokenOf('ann of r6'), await tokenOf('dan')];
    expectProblem(await call(`PATCH ${path}`, { token: ann, body: { body: 'x' }, headers: { 'if-match': '"1"' } }), 404, 'not-found');
    expectProblem(await call(`PUT ${path}/reaction`, { token: dan, body: { kind: 'like' } }), 404, 'not-found');
    expectProblem(await call(`POST ${path}/reports`, { token: dan, body: { reason: 'spam' } }), 404, 'not-found');
    expectProblem(await post('dan', 'r6', 'too late'), 404, 'not-found');
    expectProblem(await post('dan', 'r6', 'too late', first), 404, 'not-found');
    expect(await scanTable()).toEqual(before);
  });

  it('lets authors take back what they said all the same', async () => {
    const { first } = await discussed('r9');
    await remove('r9');
    expect((await call(`DELETE /v1/articles/r9/comments/${first}`, { token: await tokenOf('ann of r9') })).status).toBe(204);
    await settle();
    expect((await publish('r9')).json.commentCount).toBe(2);
  });

  it('goes on counting what was on its way, out of sight', async () => {
    await publish('r7');
    await comment('ann', 'r7', 'just before');
    await remove('r7');
    await settle();
    expect((await read('/v1/counts', { articles: 'r7' })).json.counts).toEqual({ r7: 0 });
    expectProblem(await read('/v1/articles/r7/comments'), 404, 'not-found');
    expect((await recountAs('boss', ['admin'], 'r7')).json).toMatchObject({ drift: 0, after: { approved: 1 } });
    expect((await publish('r7')).json.commentCount).toBe(1);
  });

  it('keeps everything for moderators: what was held stays in its queue and can be decided', async () => {
    await publish('r8', { commenting: { mode: 'moderated' } });
    const id = await comment('ann', 'r8', 'waits for a moderator');
    await settle();
    const size = await heldSize();
    await remove('r8');
    expect(await heldSize()).toBe(size);
    const { json } = await moderate('/v1/moderation/queues/held', { query: { limit: '100' } });
    expect(json.items.find((item: { id: string }) => item.id === id)).toMatchObject({ articleId: 'r8', body: 'waits for a moderator' });
    expect(await decide('r8', id, 'approve')).toMatchObject({ outcome: 'applied' });
    await settle();
    expectProblem(await read('/v1/articles/r8/comments'), 404, 'not-found');
  });
});

describe('who removes an article, and when', () => {
  it.each([[], ['moderator']])('needs the role publisher, not %j', async (...roles) => {
    await publish('w1');
    expectProblem(await call('DELETE /v1/articles/w1', { token: await tokenOf('eve', roles) }), 403, 'forbidden');
    expect((await read('/v1/articles/w1')).status).toBe(200);
  });

  it('finds nothing where there is nothing, nor a second time', async () => {
    expectProblem(await remove('unknown'), 404, 'not-found');
    await publish('w2');
    expect((await remove('w2')).status).toBe(204);
    expectProblem(await remove('w2'), 404, 'not-found');
    expectProblem(
      await call('PATCH /v1/articles/w2', { token: await tokenOf('desk', ['publisher']), body: { title: 'T' } }),
      404,
      'not-found',
    );
  });

  it('respects If-Match', async () => {
    await publish('w3');
    await publish('w3');
    expectProblem(await remove('w3', { 'if-match': '"1"' }), 412, 'stale-revision');
    expect((await read('/v1/articles/w3')).status).toBe(200);
    expect((await remove('w3', { 'if-match': '"2"' })).status).toBe(204);
  });

  it('is answered 204 to one of many who do it at once', async () => {
    await publish('w4');
    const answers = await Promise.all(Array.from({ length: 5 }, () => remove('w4')));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404]);
  });
});

describe('putting a removed article again', () => {
  it('is told as created, under the next revision, and brings back its comments and their count', async () => {
    const ids = await discussed('b1', { section: 'Back' });
    const before = await Promise.all(
      publicPaths('b1', ids)
        .slice(1, -1)
        .map(([path, query]) => read(path, query)),
    );
    await remove('b1');
    const back = await publish('b1', { section: 'Back' });
    expect(back).toMatchObject({ status: 201, json: { commentCount: 3, revision: 3 } });
    expect(back.headers.location).toBe('/v1/articles/b1');
    const after = await Promise.all(
      publicPaths('b1', ids)
        .slice(1, -1)
        .map(([path, query]) => read(path, query)),
    );
    expect(after.map(({ json }) => json)).toEqual(before.map(({ json }) => json));
    expect((await read('/v1/counts', { articles: 'b1' })).json.counts).toEqual({ b1: 3 });
    expect((await read('/v1/articles', { section: 'Back' })).json.items).toMatchObject([{ id: 'b1', commentCount: 3 }]);
    expect((await read('/v1/articles/b1/feed.xml')).status).toBe(200);
    expect((await post('dan', 'b1', 'welcome back')).status).toBe(201);
  });

  it('leaves no trace of the removal in the table', async () => {
    await discussed('b2');
    await remove('b2');
    const of = async () => (await scanTable<{ pk: string; sk: string }>()).filter(({ pk }) => pk === 'A#b2').map(({ sk }) => sk);
    expect(await of()).toEqual(expect.arrayContaining(['removed#newest', 'removed#oldest']));
    await publish('b2');
    expect((await of()).sort()).toEqual(['article', 'tally']);
    expect((await scanTable<{ pk: string; removed?: boolean }>()).filter(({ pk, removed }) => pk === 'A#b2' && removed)).toEqual([]);
  });

  it('keeps how comments were taken, and lets no If-Match of before through', async () => {
    await publish('b3', { commenting: { open: false } });
    await remove('b3');
    const token = await tokenOf('desk', ['publisher']);
    for (const ifMatch of ['"1"', '"2"', '*']) {
      const put = await call('PUT /v1/articles/b3', { token, body: { title: 'T' }, headers: { 'if-match': ifMatch } });
      expectProblem(put, 412, 'stale-revision');
    }
    expect((await publish('b3')).json).toMatchObject({ commenting: { open: false }, revision: 3 });
  });

  it('can be removed and put as often as one likes', async () => {
    await discussed('b4');
    for (const revision of [3, 5, 7]) {
      expect((await remove('b4')).status).toBe(204);
      expect((await publish('b4')).json).toMatchObject({ revision, commentCount: 3 });
    }
  });
});
