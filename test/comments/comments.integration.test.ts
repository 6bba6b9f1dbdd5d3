import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, post, publish, putPolicy, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;
const uuidv7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
});

describe('posting a comment', () => {
  it('answers 201 with the whole comment, as its author sees it', async () => {
    const before = Date.now();
    const token = await tokenOf('ann', [], 'Ann Reader');
    const posted = await call('POST /v1/articles/a1/comments', { token, body: { body: '  Cafe\u0301 & **more**\r\nnext ' } });
    expect(posted.status).toBe(201);
    expect(posted.headers.location).toBe(`/v1/articles/a1/comments/${posted.json.id}`);
    expect(posted.json).toEqual({
      id: expect.stringMatching(uuidv7),
      articleId: 'a1',
      parentId: null,
      depth: 0,
      author: { id: 'ann', name: 'Ann Reader', picture: null },
      body: 'Café & **more**\nnext',
      html: '<p>Café &amp; <strong>more</strong><br>\nnext</p>',
      status: 'pending',
      createdAt: expect.stringMatching(/Z$/),
      editedAt: null,
      replyCount: 0,
      reactions: {},
      featured: false,
      revision: 1,
    });
    const at = Date.parse(posted.json.createdAt);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('takes exactly as many code points as the policy allows', async () => {
    expect((await post('ann', 'a1', '😀'.repeat(5_000))).status).toBe(201);
    expectProblem(await post('ann', 'a1', '😀'.repeat(5_001)), 422, 'invalid');
    await putPolicy({ maxLength: 10 });
    expect((await post('ann', 'a1', `  ${'e\u0301'.repeat(10)}  `)).status).toBe(201);
    const refused = await post('ann', 'a1', 'eleven long');
    expectProblem(refused, 422, 'invalid');
    expect(refused.json.errors).toEqual([{ path: '/body', message: 'may have 10 characters, this has 11' }]);
    await putPolicy({});
  });

  it('keeps half a character from ever reaching the store', async () => {
    await putPolicy({ bannedPhrases: ['very bad'] });
    await publish('half');
    const id = await comment('ann', 'half', 'a very\uD800bad thing');
    await settle();
    expect((await call('GET /v1/articles/half/me', { token: await tokenOf('ann') })).json.comments).toMatchObject([
      { id, status: 'rejected' },
    ]);
    await putPolicy({});
  });

  it('nests without a limit, and tells how deep', async () => {
    await publish('deep');
    let parent: string | undefined;
    const ids: string[] = [];
    for (let depth = 0; depth < 12; depth += 1) {
      const posted = await post('ann', 'deep', `level ${depth}`, parent);
      expect(posted).toMatchObject({ status: 201, json: { depth, parentId: parent ?? null } });
      parent = posted.json.id;
      ids.push(posted.json.id);
      await settle();
    }
    const { json } = await read(`/v1/articles/deep/comments/${parent}`);
    expect(json.ancestors.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, -1));
    expect(json).toMatchObject({ id: parent, depth: 11, status: 'approved' });
  });

  it('may answer one’s own comment that is still being screened', async () => {
    await publish('own');
    const first = await comment('ann', 'own', 'first');
    expect((await post('ann', 'own', 'second', first)).status).toBe(201);
    expectProblem(await post('ben', 'own', 'guessed', first), 404, 'not-found');
    await settle();
    expect((await read('/v1/articles/own')).json.commentCount).toBe(2);
    expect((await read(`/v1/articles/own/comments/${first}`)).json.replyCount).toBe(1);
  });

  it('cannot answer what was taken down, be it shown as a tombstone or one’s own', async () => {
    await publish('down');
    const first = await comment('ann', 'down', 'shot down');
    await settle();
    await comment('ben', 'down', 'a reply', first);
    await settle();
    await decide('down', first, 'reject');
    await settle();
    expectProblem(await post('ben', 'down', 'another', first), 409, 'conflict');
    expectProblem(await post('ann', 'down', 'another', first), 409, 'conflict');
  });
});

describe('mode open', () => {
  it('shows a comment at once and counts it once it is settled', async () => {
    await publish('open', { commenting: { mode: 'open' } });
    const posted = await post('ann', 'open', 'here already');
    expect(posted.json.status).toBe('approved');
    expect((await read('/v1/articles/open/comments')).json.items).toEqual([posted.json]);
    await settle();
    expect((await read('/v1/articles/open')).json.commentCount).toBe(1);
  });

  it('still screens, and takes down what the policy rejects', async () => {
    await putPolicy({ bannedPhrases: ['rotten'] });
    await publish('open2', { commenting: { mode: 'open' } });
    const id = await comment('ann', 'open2', 'a rotten thing');
    expect((await read('/v1/articles/open2/comments')).json.items).toHaveLength(1);
    await settle();
    expect((await read('/v1/articles/open2/comments')).json.items).toEqual([]);
    expectProblem(await read(`/v1/articles/open2/comments/${id}`), 404, 'not-found');
    expect((await read('/v1/articles/open2')).json.commentCount).toBe(0);
    await putPolicy({});
  });

  it('lets replies be answered at once', async () => {
    await publish('open3', { commenting: { mode: 'open' } });
    const first = await comment('ann', 'open3', 'first');
    const second = await comment('ben', 'open3', 'second', first);
    expect((await read('/v1/articles/open3/comments', { parent: first })).json.items).toMatchObject([{ id: second }]);
  });
});

describe('reading comments', () => {
  it('shows an article without comments as an empty page, and no article as 404', async () => {
    await publish('empty');
    expect((await read('/v1/articles/empty/comments')).json).toEqual({ items: [], nextCursor: null });
    expect((await read('/v1/articles/empty/comments', { view: 'flat' })).json).toEqual({ items: [], nextCursor: null });
    expectProblem(await read('/v1/articles/none/comments', { view: 'flat' }), 404, 'not-found');
  });

  it('never shows what is not approved, whichever way somebody asks', async () => {
    await publish('hidden', { commenting: { mode: 'moderated' } });
    const id = await comment('ann', 'hidden', 'SECRET');
    await settle();
    const token = await tokenOf('eve', ['publisher']);
    for (const query of [{}, { sort: 'oldest' }, { view: 'flat' }, { replies: '5' }] as Record<string, string>[]) {
      expect((await read('/v1/articles/hidden/comments', query)).json.items).toEqual([]);
    }
    expectProblem(await call('GET /v1/articles/hidden/comments', { token, query: { parent: id } }), 404, 'not-found');
    expectProblem(await call(`GET /v1/articles/hidden/comments/${id}`, { token }), 404, 'not-found');
    expect((await read('/v1/articles/hidden')).json.commentCount).toBe(0);
    expect((await call('GET /v1/articles/hidden/me', { token })).json).toEqual({ comments: [], reactions: {}, reports: {} });
  });
});
