import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { table } from '#table/client.ts';
import { ageCaches } from '../support/caches.ts';
import { call, type TestRequest } from '../support/call.ts';
import { comment, publish } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { createTable, scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

type Request = `${string} /${string}`;

/** The routes that take a body, each with one that would be taken. */
const takers: [Request, string[], object][] = [
  ['PUT /v1/articles/new', ['publisher'], { title: 'T', publishedAt: '2026-11-23T09:00:00.000Z' }],
  ['POST /v1/articles/a1/comments', [], { body: 'B' }],
  [
    'POST /v1/moderation/decisions',
    ['moderator'],
    { decisions: [{ articleId: 'a1', commentId: '01a2087d-055f-761f-a4ff-8ff03da283de', action: 'approve' }] },
  ],
  ['POST /v1/moderation/queues/held/claims', ['moderator'], { limit: 5 }],
  ['PUT /v1/moderation/policy', ['admin'], {}],
  ['PATCH /v1/articles/a1/comments/01a2087d-055f-761f-a4ff-8ff03da283de', [], { body: 'B' }],
  ['PUT /v1/articles/a1/comments/01a2087d-055f-761f-a4ff-8ff03da283de/reaction', [], { kind: 'like' }],
  ['POST /v1/articles/a1/comments/01a2087d-055f-761f-a4ff-8ff03da283de/reports', [], { reason: 'spam' }],
];
let first: string;

/** Calls and expects that whatever comes of it is not stored. */
async function refused(request: Request, options: TestRequest) {
  const before = await scanTable();
  const answer = await call(request, options);
  expect(await scanTable()).toEqual(before);
  return answer;
}

beforeAll(async () => {
  await createTable();
  await publish('a1');
  await publish('a2');
  await publish('closed', { commenting: { open: false } });
  await publish('over', { commenting: { closesAt: '2026-01-01T00:00:00Z' } });
  first = await comment('ann', 'a1', 'the first');
});

describe.each(takers)('%s', (request, roles, right) => {
  const token = tokenOf('eve', roles);

  it.each(['', '{', '{"a":}', "{'title':'T'}", 'null,', '\u0000'])('answers 400 to %j, which is not JSON', async (body) => {
    expectProblem(await refused(request, { token: await token, body }), 400, 'malformed-request');
  });

  it.each(['null', '[]', '"text"', '7', 'true', '[{}]'])('answers 422 to %s, which is no object', async (body) => {
    expectProblem(await refused(request, { token: await token, body }), 422, 'invalid');
  });

  it('answers 413 to more than 64 KiB, or to more than 256 KiB of policy', async () => {
    const body = JSON.stringify({ ...right, padding: 'x'.repeat(/policy/.test(request) ? 262_144 : 65_536) });
    expectProblem(await refused(request, { token: await token, body }), 413, 'too-large');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])('answers 415 to a body of type %j', async (type) => {
    const answer = await refused(request, { token: await token, body: right, headers: { 'content-type': type } });
    expectProblem(answer, 415, 'unsupported-media-type');
  });

  it('answers 422 to a field it does not know, and points at it', async () => {
    const answer = await refused(request, { token: await token, body: { ...right, 'is/admin': true } });
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toEqual([{ path: '/is~1admin', message: 'is not a known field' }]);
  });
});

describe('a field against the rules is pointed at', () => {
  it.each<[object, string]>([
    [{}, '/body'],
    [{ body: 7 }, '/body'],
    [{ body: '' }, '/body'],
    [{ body: ' \u200B\u3164\n' }, '/body'],
    [{ body: '&nbsp;&#8203;' }, '/body'],
    [{ body: '- \n> ' }, '/body'],
    [{ body: 'x'.repeat(5_001) }, '/body'],
    [{ body: 'x', parentId: 'nonsense' }, '/parentId'],
    [{ body: 'x', parentId: 7 }, '/parentId'],
  ])('in a comment: %.60j', async (body, path) => {
    const answer = await refused('POST /v1/articles/a1/comments', { token: await tokenOf('eve'), body });
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toMatchObject([{ path }]);
  });

  it.each<[object, string]>([
    [{ title: undefined }, '/title'],
    [{ title: ' ' }, '/title'],
    [{ title: 'x'.repeat(501) }, '/title'],
    [{ url: 'javascript:alert(1)' }, '/url'],
    [{ publishedAt: 'yesterday' }, '/publishedAt'],
    [{ body: [{ paragraphs: 'text' }] }, '/body/0/paragraphs'],
    [{ body: [{ paragraphs: ['ok', 7] }] }, '/body/0/paragraphs/1'],
    [{ body: [{ heading: '', paragraphs: [] }] }, '/body/0/heading'],
    [{ commenting: { mode: 'closed' } }, '/commenting/mode'],
    [{ commenting: { open: 'yes' } }, '/commenting/open'],
    [{ commenting: { closesAt: 'soon' } }, '/commenting/closesAt'],
    [{ revision: 7 }, '/revision'],
  ])('in an article: %.60j', async (fields, path) => {
    const answer = await refused('PUT /v1/articles/new', {
      token: await tokenOf('desk', ['publisher']),
      body: { title: 'T', publishedAt: '2026-11-23T09:00:00.000Z', ...fields },
    });
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toMatchObject([{ path }]);
  });

  it('in the name of an article that would be created', async () => {
    const answer = await refused('PUT /v1/articles/a%20b', { token: await tokenOf('desk', ['publisher']), body: { title: 'T' } });
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toMatchObject([{ path: '/articleId' }]);
  });
});

describe('a comment is refused', () => {
  it.each(['closed', 'over'])('with 409 by the article %s', async (article) => {
    expectProblem(
      await refused(`POST /v1/articles/${article}/comments`, { token: await tokenOf('eve'), body: { body: 'late' } }),
      409,
      'comments-closed',
    );
  });

  it.each(['unknown', 'a%20b', 'x'.repeat(129)])('with 404 where there is no article %.20s', async (article) => {
    expectProblem(
      await refused(`POST /v1/articles/${article}/comments`, { token: await tokenOf('eve'), body: { body: 'x' } }),
      404,
      'not-found',
    );
  });

  it('with 404 as a reply to what does not exist, or not here, or is not to be seen', async () => {
    const reply = async (article: string, parentId: string) =>
      refused(`POST /v1/articles/${article}/comments`, { token: await tokenOf('eve'), body: { body: 'x', parentId } });
    expectProblem(await reply('a1', '01a2087d-055f-761f-a4ff-8ff03da283de'), 404, 'not-found');
    expectProblem(await reply('a2', first), 404, 'not-found');
    expectProblem(await reply('a1', first), 404, 'not-found');
  });
});

describe('queries', () => {
  const lists: [`/${string}`, string[]][] = [
    ['/v1/articles', []],
    ['/v1/articles/a1/comments', []],
    ['/v1/moderation/queues/held', ['moderator']],
  ];

  it.each(lists)('of %s are refused with 400 for a limit or cursor that is none', async (path, roles) => {
    const token = await tokenOf('eve', roles);
    for (const query of [{ limit: '0' }, { limit: '101' }, { limit: 'ten' }, { limit: '' }, { limit: '-5' }, { limit: '1.5' }]) {
      expectProblem(await call(`GET ${path}`, { token, query: query as Record<string, string> }), 400, 'malformed-request');
    }
    for (const cursor of ['', 'x', 'null', randomUUID(), Buffer.from(`00000000${first}`).toString('base64url'), '☃'.repeat(20)]) {
      expectProblem(await call(`GET ${path}`, { token, query: { cursor } }), 400, 'bad-cursor');
    }
  });

  it.each([
    { sort: 'best' },
    { parent: 'x' },
    { replies: '6' },
    { replies: '-1' },
    { view: 'tree' },
    { view: 'flat', parent: '01a2087d-055f-761f-a4ff-8ff03da283de' },
  ])('of comments are refused with 400: %j', async (query) => {
    expectProblem(await call('GET /v1/articles/a1/comments', { query: query as Record<string, string> }), 400, 'malformed-request');
  });

  it('of counts are refused with 400 without ids or for more than a hundred', async () => {
    const articles = Array.from({ length: 101 }, (_, n) => `a${n}`).join(',');
    expectProblem(await call('GET /v1/counts'), 400, 'malformed-request');
    expectProblem(await call('GET /v1/counts', { query: { articles } }), 400, 'malformed-request');
  });
});

describe('what is not there', () => {
  it.each([
    'GET /v1/articles/unknown',
    'GET /v1/articles/a%2Fb',
    'GET /v1/articles/unknown/comments',
    'GET /v1/articles/a1/comments/nonsense',
    'GET /v1/articles/a1/comments/01a2087d-055f-761f-a4ff-8ff03da283de',
    'GET /v1/moderation/queues/unknown',
    'POST /v1/admin/articles/unknown/recount',
  ] as const)('is told as 404: %s', async (request) => {
    expectProblem(await call(request, { token: await tokenOf('boss', ['admin']) }), 404, 'not-found');
  });

  it('includes a comment that waits to be screened, and one under another article', async () => {
    expectProblem(await call(`GET /v1/articles/a1/comments/${first}`), 404, 'not-found');
    expectProblem(await call(`GET /v1/articles/a2/comments/${first}`), 404, 'not-found');
  });
});

describe('a store in trouble', () => {
  afterEach(() => vi.restoreAllMocks());
  const failWith = (error: object) =>
    vi.spyOn(table, 'send').mockRejectedValue(Object.assign(new Error('C#1 in test-table'), error) as never);

  it.each([
    { name: 'ThrottlingException' },
    { name: 'ProvisionedThroughputExceededException' },
    { name: 'TimeoutError' },
    { code: 'ECONNREFUSED' },
    { code: 'ECONNRESET' },
    { code: 'ENOTFOUND' },
  ])('is told as 503 with a time to come back: %j', async (error) => {
    await ageCaches();
    failWith(error);
    for (const [request, roles, body] of takers) {
      const answer = await call(request, { token: await tokenOf('eve', roles), body, headers: { 'if-match': '*' } });
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
    expectProblem(await call('GET /v1/health'), 503, 'unavailable');
  });

  it('or a bug is told as 500 that says nothing but its request id', async () => {
    await ageCaches();
    failWith({ name: 'ValidationException' });
    const answer = await call('GET /v1/articles/a1');
    expectProblem(answer, 500, 'internal');
    expect(answer.json.detail).toBe('The request could not be completed.');
  });
});
