import { describe, expect, it } from 'vitest';
import { admin } from '../client.ts';
import { ask, refused, taken } from './api.ts';
import { type Operation, operations } from './description.ts';
import { sampleOf, withQuery } from './samples.ts';

const id = ({ operationId }: Operation) => operationId;
const named = (chosen: readonly Operation[]) => chosen.map((operation) => [id(operation), operation] as const);

const secured = operations.filter(({ security }) => security.length > 0);
const forRoles = secured.filter(({ security }) => security.every(({ token }) => token.length > 0));
const withBody = operations.filter(({ requestBody }) => requestBody !== undefined);
const withPath = operations.flatMap((operation) =>
  operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => [id(operation), name, operation] as const),
);
const takesQuery = (name: string) =>
  operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'query' && parameter.name === name));

/** What is refused alike wherever it is asked; it goes by the description alone, so that no operation is left out. */
export function refusals(): void {
  describe.each(named(secured))('%s', (_, operation) => {
    const request = sampleRequest(operation);

    it('answers 401 with a challenge to nobody in particular, and to a token that is none', async () => {
      const nobody = await refused(ask(request()), 401, 'unauthenticated');
      expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
      const forged = await refused(ask(request(), { headers: { authorization: 'Bearer nonsense' } }), 401, 'unauthenticated');
      expect(forged.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    });
  });

  it.each(named(forRoles))('%s answers 403 to a member', async (_, operation) => {
    await refused(ask(sampleOf(operation), { as: { sub: 'eve' }, body: operation.requestBody && {} }), 403, 'forbidden');
  });

  it.each(withPath)('%s knows nothing of a %s that cannot exist', async (_, name, operation) => {
    const asked = ask(sampleOf(operation, { [name]: 'x'.repeat(129) }), { as: admin, body: operation.requestBody && {} });
    if (operation.method !== 'PUT') return void (await refused(asked, 404, 'not-found'));
    expect((await refused(asked, 422, 'invalid')).json.errors).toMatchObject([{ path: `/${name}` }]);
  });

  describe.each(named(withBody))('%s', (operationId, operation) => {
    const request = sampleRequest(operation);

    it.each(['', '{', "{'body':'B'}"])('answers 400 to %j, which is not JSON', async (body) => {
      const answer = await refused(ask(request(), { as: admin, body }), 400, 'malformed-request');
      expect(answer.json.errors).toEqual([{ path: '', message: 'is not JSON in UTF-8' }]);
    });

    it('answers 413 to a body that is larger than it takes', async () => {
      const largest = operationId === 'putPolicy' || operationId === 'tryPolicy' ? 256 : 64;
      await refused(ask(request(), { as: admin, body: { padding: 'x'.repeat(largest * 1024) } }), 413, 'too-large');
    });

    it('answers 415 to what does not say that it is JSON', async () => {
      const headers = { 'content-type': 'text/plain' };
      await refused(ask(request(), { as: admin, body: {}, headers }), 415, 'unsupported-media-type');
    });

    it('answers 422 to a field that it does not know, and points at it', async () => {
      const { json } = await refused(ask(request(), { as: admin, body: { 'is/not~known': 1 } }), 422, 'invalid');
      // A job of no kind has no fields that could be known.
      const path = operationId === 'startJob' ? '/kind' : '/is~1not~0known';
      expect(json.errors.map((error: { path: string }) => error.path)).toContain(path);
    });

    it('answers 422 to what is no object', async () => {
      const { json } = await refused(ask(request(), { as: admin, body: '[]' }), 422, 'invalid');
      expect(json.errors).toEqual([{ path: '', message: 'must be an object' }]);
    });
  });

  it.each(named(takesQuery('limit')))('%s takes a limit from 1 to 100 alone', async (_, operation) => {
    for (const limit of ['0', '101', 'abc', '', '-1', '1.5']) {
      const answer = await refused(ask(withQuery(sampleOf(operation), `limit=${limit}`), { as: admin }), 400, 'malformed-request');
      expect(answer.json.errors).toMatchObject([{ path: '/limit' }]);
    }
    for (const limit of ['1', '100']) await taken(ask(withQuery(sampleOf(operation), `limit=${limit}`), { as: admin }));
  });

  it.each(named(takesQuery('cursor')))('%s refuses a cursor that is malformed, or of another query', async (_, operation) => {
    const other = operation.operationId === 'listArticles' ? '/v1/articles?section=Samples&limit=1' : '/v1/articles?limit=1';
    const { nextCursor } = (await taken(ask(`GET ${other as '/'}`))).json;
    expect(nextCursor).toMatch(/^[\w-]+$/);
    for (const cursor of ['nonsense', '', nextCursor]) {
      const answer = await refused(ask(withQuery(sampleOf(operation), `cursor=${cursor}`), { as: admin }), 400, 'bad-cursor');
      expect(answer.json.errors).toMatchObject([{ path: '/cursor' }]);
    }
  });

  it.each([
    ['/v1/articles/sample/comments?sort=best', '/sort'],
    ['/v1/articles/sample/comments?view=tree', '/view'],
    ['/v1/articles/sample/comments?parent=x', '/parent'],
    ['/v1/articles/sample/comments?replies=6', '/replies'],
    ['/v1/articles?section=', '/section'],
    ['/v1/counts', '/articles'],
    [`/v1/counts?articles=${Array.from({ length: 101 }, (_, n) => `a${n}`)}`, '/articles'],
    ['/v1/moderation/search', ''],
    ['/v1/moderation/search?article=sample&status=lost', '/status'],
    ['/v1/moderation/search?article=sample&since=yesterday', '/since'],
    ['/v1/moderation/audit?until=tomorrow', '/until'],
    ['/v1/moderation/stats?days=0', '/days'],
    ['/v1/moderation/stats?days=91', '/days'],
  ] as const)('a wrong query answers 400 and is pointed at: %.60s', async (path, pointer) => {
    const { json } = await refused(ask(`GET ${path}`, { as: admin }), 400, 'malformed-request');
    expect(json.errors).toMatchObject([{ path: pointer }]);
  });

  it('a parameter that nobody knows is passed over', async () => {
    await taken(ask('GET /v1/articles/sample/comments?utm_source=feed'));
  });
}

/** The samples are there once the tests run, not when they are listed. */
const sampleRequest = (operation: Operation) => () => sampleOf(operation);
