import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Access, type Route, routes } from '../functions/routes.ts';
import { call, type TestRequest } from './support/call.ts';
import { publish } from './support/newsroom.ts';
import { expectProblem } from './support/problem.ts';
import { createTable, scanTable } from './support/table.ts';
import { siteSecret, tokenOf } from './support/tokens.ts';

const commentId = '01a2087d-055f-761f-a4ff-8ff03da283de';
const parameters: Record<string, string> = { articleId: 'a1', commentId, name: 'held', code: 'not-found' };
const allRoutes: readonly Route[] = routes;
const protectedRoutes = allRoutes
  .filter(({ access }) => access !== 'public')
  .map((route) => [`${route.method} ${route.path}`, route] as const);

/** Calls a route with a body that would do something if the call were let through. */
function knock({ method, path }: Route, options: TestRequest = {}) {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? 'x') as `/${string}`;
  const body = method === 'GET' ? {} : { body: { title: 'T', body: 'B', publishedAt: '2026-11-23T09:00:00.000Z' } };
  return call(`${method} ${address}`, { ...body, ...options });
}

const sign = (claims: object, { secret = siteSecret, alg = 'HS256' } = {}) =>
  new SignJWT({ sub: 'eve', name: 'Eve', roles: ['admin'], ...claims }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

/** Tokens that must open nothing. */
const badTokens: Record<string, () => Promise<string> | string> = {
  garbage: () => 'garbage',
  'an empty token': () => '',
  'two tokens': async () => `${await sign({})} ${await sign({})}`,
  'a token of 9,000 characters': () => 'a.'.repeat(4_500),
  'an unsigned token': () => `${encode({ alg: 'none' })}.${encode({ sub: 'eve', name: 'Eve', roles: ['admin'] })}.`,
  'an expired token': () => sign({ exp: seconds(-10) }),
  'a token that is not valid yet': () => sign({ nbf: seconds(600) }),
  'a token of another secret': () => sign({}, { secret: 'another secret that nobody here knows of' }),
  'a token of an unlisted algorithm': () => sign({}, { alg: 'HS512' }),
  'a token of an unknown issuer': async () => `${encode({ alg: 'RS256' })}.${encode({ iss: 'https://evil.example/' })}.AAAA`,
  'a token without a subject': () => sign({ sub: undefined }),
};

beforeAll(async () => {
  await createTable();
  await publish('a1');
});

describe('a route that is not public', () => {
  it.each(protectedRoutes)('%s answers 401 without a token, with a challenge', async (_name, route) => {
    const before = await scanTable();
    const answer = await knock(route);
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(await scanTable()).toEqual(before);
  });

  it.each(protectedRoutes)('%s answers 401 to every bad token, and does nothing', async (_name, route) => {
    const before = await scanTable();
    for (const make of Object.values(badTokens)) {
      const answer = await knock(route, { token: await make() });
      expectProblem(answer, 401, 'unauthenticated');
    }
    expect(await scanTable()).toEqual(before);
  });

  it.each(['Basic YW5uOnNlY3JldA==', 'Bearer', 'bearer ', 'Token x', ''])('answers 401 to the authorization %j', async (authorization) => {
    for (const [, route] of protectedRoutes) expectProblem(await knock(route, { headers: { authorization } }), 401, 'unauthenticated');
  });

  it('takes the word Bearer in any case', async () => {
    const authorization = `bEARER ${await tokenOf('mod', ['moderator'])}`;
    expect((await call('GET /v1/moderation/queues', { headers: { authorization } })).status).toBe(200);
  });
});

describe('a role', () => {
  const roleOf: Record<string, string[]> = {
    member: [],
    publisher: ['publisher'],
    moderator: ['moderator'],
    everything: ['publisher', 'moderator'],
  };
  const opens: Record<string, readonly Access[]> = {
    member: ['member'],
    publisher: ['member', 'publisher', 'publisher-or-moderator'],
    moderator: ['member', 'moderator', 'publisher-or-moderator'],
    everything: ['member', 'publisher', 'publisher-or-moderator', 'moderator'],
  };

  it.each(protectedRoutes)('that is too low for %s gets 403 and does nothing', async (_name, route) => {
    const before = await scanTable();
    for (const role of Object.keys(roleOf).filter((name) => !opens[name]?.includes(route.access))) {
      expectProblem(await knock(route, { token: await tokenOf('eve', roleOf[role]) }), 403, 'forbidden');
    }
    expect(await scanTable()).toEqual(before);
  });

  it.each(protectedRoutes)('that is high enough for %s is let in, and admin always is', async (_name, route) => {
    const roles = [
      ...Object.keys(roleOf)
        .filter((name) => opens[name]?.includes(route.access))
        .map((name) => roleOf[name]),
      ['admin'],
    ];
    for (const [n, each] of roles.entries()) {
      // An empty list is no body for anybody: whoever gets as far as being told so has been let in, and changes nothing.
      const { status } = await knock(route, { token: await tokenOf(`ann-${n}`, each), body: route.method === 'GET' ? undefined : '[]' });
      expect([401, 403, 500, 503]).not.toContain(status);
    }
  });

  it.each([['admins'], ['Admin'], [' admin'], ['ADMIN'], [['admin']]])('that is spelt %j opens nothing', async (role) => {
    const token = await sign({ roles: [role] });
    expectProblem(await call('GET /v1/moderation/queues', { token }), 403, 'forbidden');
  });

  it.each(['admin', { admin: true }, null, 7])('given as %j instead of a list opens nothing', async (roles) => {
    expectProblem(await call('GET /v1/moderation/queues', { token: await sign({ roles }) }), 403, 'forbidden');
  });
});

describe('a public route', () => {
  // Whoever may remove an article has done so above.
  beforeAll(() => publish('a1'));

  it.each(allRoutes.filter(({ access }) => access === 'public').map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s never asks who is there, not even for a bad token',
    async (_name, route) => {
      const anonymous = await knock(route);
      const signedIn = await knock(route, { token: 'garbage' });
      expect([401, 403]).not.toContain(anonymous.status);
      expect(signedIn.status).toBe(anonymous.status);
    },
  );
});

describe('what no route knows', () => {
  it.each(['GET /', 'GET /v1', 'POST /v2/articles', 'GET /v1/articles/a1/comments/', 'GET /v1/moderation', 'GET //v1/articles'] as const)(
    '%s is told as 404',
    async (request) => expectProblem(await call(request), 404, 'not-found'),
  );

  it('a method that a path does not take is told as 405, with those it takes', async () => {
    for (const path of new Set(allRoutes.map((route) => route.path))) {
      const takes = allRoutes.filter((route) => route.path === path).map(({ method }) => method);
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? 'x') as `/${string}`;
      const isPublic = allRoutes.some((route) => route.path === path && route.access === 'public');
      const refused = ['GET', ...(isPublic ? [] : ['HEAD']), 'POST', 'PUT', 'PATCH', 'DELETE'];
      for (const method of refused.filter((each) => !takes.some((taken) => taken === each))) {
        const answer = await call(`${method} ${address}`);
        expectProblem(answer, 405, 'method-not-allowed');
        expect(answer.headers.allow?.split(', ').sort()).toEqual([...takes].sort());
      }
    }
  });

  it('HEAD on what is public is told as GET would be, without the body', async () => {
    for (const path of [
      '/v1/health',
      '/v1/openapi.json',
      '/docs',
      '/v1/articles',
      '/problems/not-found',
      '/v1/articles/nobody-knows',
    ] as const) {
      const [head, get] = [await call(`HEAD ${path}`), await call(`GET ${path}`)];
      const { 'x-request-id': _, ...headers } = get.headers;
      expect(head).toMatchObject({ status: get.status, headers });
      if (get.status === 200) expect(head.text).toBe('');
    }
  });
});
