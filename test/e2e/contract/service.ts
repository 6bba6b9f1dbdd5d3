import { expect, it } from 'vitest';
import { problemTypes } from '#http/problem.ts';
import { ask, baseUrl, taken } from './api.ts';

export function service(): void {
  it('tells that it works, and what it does', async () => {
    expect((await taken(ask('GET /v1/health'))).json).toEqual({ status: 'ok' });
    expect((await taken(ask('GET /v1/openapi.json'))).json).toMatchObject({ openapi: '3.1.0', paths: { '/v1/health': {} } });
    const reference = await taken(ask('GET /docs'));
    expect(reference.text).toContain('<h1>Understory API</h1>');
    expect(reference.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; .*frame-ancestors 'none'$/,
    );
  });

  it.each(Object.entries(problemTypes))('explains the problem %s where its type points', async (code, { status, title }) => {
    expect((await taken(ask(`GET /problems/${code}`))).json).toMatchObject({ type: `/problems/${code}`, status, title });
  });

  it.each([
    ['GET', '/nowhere', 404, 'not-found', null],
    ['GET', '/v1/articles/sample/', 404, 'not-found', null],
    ['POST', '/v1/articles', 405, 'method-not-allowed', 'GET'],
    ['PUT', '/v1/articles/sample/comments', 405, 'method-not-allowed', 'GET, POST'],
    ['OPTIONS', '/v1/me', 405, 'method-not-allowed', 'DELETE'],
  ])('%s %s is told as %i', async (method, path, status, code, allow) => {
    const answer = await fetch(baseUrl() + path, { method });
    const problem = await answer.json();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('allow')).toBe(allow);
    expect(problem).toMatchObject({ type: `/problems/${code}`, status, instance: answer.headers.get('x-request-id') });
  });

  it('a preflight is answered for every method and header that the routes take', async () => {
    const origin = 'https://news.example';
    const preflight = await fetch(`${baseUrl()}/v1/articles/sample/comments`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,idempotency-key' },
    });
    expect(preflight.status).toBe(204);
    const list = (name: string) => preflight.headers.get(name)?.split(',');
    expect(list('access-control-allow-methods')?.toSorted()).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);
    expect(list('access-control-allow-headers')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match']),
    );
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');

    const answer = await fetch(`${baseUrl()}/v1/articles/sample`, { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')?.split(',')).toEqual(
      expect.arrayContaining(['etag', 'location', 'retry-after', 'ratelimit', 'x-request-id']),
    );
    const refusal = await fetch(`${baseUrl()}/v1/articles/unknown`, { headers: { origin } });
    expect(refusal.headers.get('access-control-allow-origin')).toBe('*');
  });
}
