import { beforeAll, describe, expect, it } from 'vitest';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, publish } from '../support/newsroom.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

type Path = `/${string}`;

let commentId: string;
const publicPaths = (): [Path, Record<string, string>][] => [
  ['/v1/health', {}],
  ['/v1/articles', {}],
  ['/v1/articles/a1', {}],
  ['/v1/articles/a1/comments', {}],
  ['/v1/articles/a1/comments', { sort: 'oldest', replies: '2' }],
  ['/v1/articles/a1/comments', { view: 'flat' }],
  [`/v1/articles/a1/comments/${commentId}`, {}],
  ['/v1/counts', { articles: 'a1' }],
];

beforeAll(async () => {
  const settle = settler(await createTable());
  await publish('a1');
  commentId = await comment('ann', 'a1', 'hello');
  await settle();
});

describe('every public answer', () => {
  it('may be kept by shared caches for a moment, and carries a strong ETag, its type and the request id', async () => {
    for (const [path, query] of publicPaths()) {
      const { status, headers } = await call(`GET ${path}`, { query });
      expect(status).toBe(200);
      expect(headers['cache-control']).toMatch(/^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$/);
      expect(headers.vary).toBe('Origin');
      expect(headers.etag).toMatch(/^"[^"]+"$/);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(headers['x-request-id']).toMatch(/./);
    }
  });

  it('is 304 without a body to whom has it already, with the same validator', async () => {
    for (const [path, query] of publicPaths()) {
      const first = await call(`GET ${path}`, { query });
      for (const etag of [first.headers.etag, `W/${first.headers.etag}`, `"x", ${first.headers.etag}`, '*']) {
        const again = await call(`GET ${path}`, { query, headers: { 'if-none-match': String(etag) } });
        expect(again.status).toBe(304);
        expect(again.json).toBeUndefined();
        expect(again.headers).toMatchObject({ etag: first.headers.etag, 'cache-control': first.headers['cache-control'] });
        expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
      }
    }
  });

  it('is the same for whoever has it when it is read anew, in whatever order the store tells the fields of a map', async () => {
    const breaking = { slowSeconds: 5, holdNewcomers: true, links: false, until: new Date(Date.now() + 3_600_000).toISOString() };
    const article = { body: [{ heading: 'What happened', paragraphs: ['It happened here.'] }], commenting: { breaking } };
    expect((await publish('mapped', article)).status).toBe(201);
    for (const path of ['/v1/articles/mapped', '/v1/articles'] as const) {
      const first = await call(`GET ${path}`);
      for (let time = 0; time < 8; time += 1) {
        await ageCaches();
        expect((await call(`GET ${path}`, { headers: { 'if-none-match': String(first.headers.etag) } })).status).toBe(304);
      }
    }
  });

  it('is sent whole to whom has something else', async () => {
    for (const [path, query] of publicPaths()) {
      expect((await call(`GET ${path}`, { query, headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    }
  });

  it('is the same for everybody, signed in or not', async () => {
    for (const [path, query] of publicPaths().slice(1)) {
      const anonymous = await call(`GET ${path}`, { query });
      const signedIn = await call(`GET ${path}`, { query, token: await tokenOf('ann', ['admin']) });
      expect(signedIn.json).toEqual(anonymous.json);
      expect(signedIn.headers.etag).toBe(anonymous.headers.etag);
    }
  });
});

describe('validators', () => {
  it('stay while nothing changes, and change with what they stand for', async () => {
    const settle = settler(await createTable());
    await publish('a2');
    const tags = async () => {
      await ageCaches();
      const paths: [Path, Record<string, string>][] = [
        ['/v1/articles/a2', {}],
        ['/v1/articles/a2/comments', {}],
        ['/v1/counts', { articles: 'a2' }],
      ];
      return Promise.all(paths.map(async ([path, query]) => (await call(`GET ${path}`, { query })).headers.etag));
    };
    const before = await tags();
    expect(await tags()).toEqual(before);
    await comment('ann', 'a2', 'moves the counts');
    await settle();
    const after = await tags();
    expect(after.filter((etag, n) => etag === before[n])).toEqual([]);
  });

  it('of what has a revision begin with it, so that a new reply does not make them stale', async () => {
    expect((await call('GET /v1/articles/a1')).headers.etag).toMatch(/^"1\./);
    expect((await call(`GET /v1/articles/a1/comments/${commentId}`)).headers.etag).toMatch(/^"1\./);
  });
});

describe('personal answers and those for moderators', () => {
  const paths: [string, string[], object?][] = [
    ['GET /v1/articles/a1/me', []],
    ['POST /v1/articles/a1/comments', [], { body: 'private' }],
    ['PUT /v1/articles/a3', ['publisher'], { title: 'T', publishedAt: '2026-11-23T09:00:00Z' }],
    ['GET /v1/moderation/queues', ['moderator']],
    ['GET /v1/moderation/queues/held', ['moderator']],
    ['GET /v1/moderation/policy', ['moderator']],
    ['POST /v1/admin/articles/a1/recount', ['admin']],
  ];

  it.each(paths)('are kept nowhere: %s', async (request, roles, body) => {
    const { status, headers } = await call(request as 'GET /', { token: await tokenOf('ann', roles), body });
    expect([200, 201]).toContain(status);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['x-request-id']).toMatch(/./);
  });

  it('carry an ETag that If-Match takes where they have a revision', async () => {
    const token = await tokenOf('desk', ['publisher']);
    const body = { title: 'T', publishedAt: '2026-11-23T09:00:00Z' };
    const put = await call('PUT /v1/articles/a4', { token, body });
    const again = await call('PUT /v1/articles/a4', { token, body, headers: { 'if-match': String(put.headers.etag) } });
    expect(again).toMatchObject({ status: 200, json: { revision: 2 } });
  });
});
