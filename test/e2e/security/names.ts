import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../client.ts';
import { admin, answered, ask, askRaw, bearer, moderator, person, post, publish, settled } from './site.ts';

/** The same name to the eye, and another to the letter: composed, decomposed, and with a Cyrillic а. */
const [composed, decomposed, cyrillic] = ['Ren\u00e9e', 'Rene\u0301e', 'Ren\u00e9\u0435'].map((name) => person(`${name} a`)) as [
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
];
const alike = [composed, decomposed, cyrillic];
const megabyte = 1_024 * 1_024;

const standingOf = async ({ sub }: { sub: string }): Promise<string> =>
  (await answered(ask(`GET /v1/moderation/users/${encodeURIComponent(sub)}`, { as: moderator }), 200)).json.standing;

/** Answers of the functions and of the gateway by itself are alike where nothing is found or taken. */
const expectNothing = ({ status }: Answer) => expect([400, 401, 404, 405]).toContain(status);

export function names(): void {
  beforeAll(async () => {
    await publish('named');
    await publish('~a');
  });

  describe('a path that leaves its place leads nowhere', () => {
    it.each([
      '/v1/articles/../moderation/queues',
      '/v1/articles/%2e%2e/moderation/queues',
      '/v1/articles/%2e%2e%2fmoderation%2fqueues',
      '/v1/articles/..%2f..%2f..%2fetc%2fpasswd',
      '/v1/articles/..%5c..%5cwindows',
      '/v1/articles/%252e%252e/moderation/queues',
      '/v1/articles/named/../../moderation/queues',
      '/v1/articles/named/./comments',
      '/v1/articles/named//comments',
      '//v1/articles/named',
      '/v1//articles/named',
      '/v1/articles/named/',
      '/V1/articles/named',
      '/v1/articles/named;jsessionid=1',
      '/v1/articles/named%20',
      '/v1/articles/named%3fx=1',
      '/v1/articles/named%23',
      '/problems/..%2f..%2fpackage.json',
      '/problems/__proto__',
      '/problems/constructor',
      '/docs/../package.json',
      '/docs%2f..%2fopenapi.json',
    ])('%s', async (target) => {
      expectNothing(await askRaw('GET', target));
      // Nor does it for somebody who may go there by the straight way.
      expectNothing(await askRaw('GET', target, { authorization: await bearer(admin) }));
    });
  });

  describe('bytes that are no UTF-8, or that other programs end a text at, name nothing', () => {
    it.each([
      '%c0%ae%c0%ae', // ..
      '%c0%af', // /
      '%e0%80%af', // / again
      '%f8%80%80%80%af', // five bytes
      '%ed%a0%80', // half a character
      '%f4%90%80%80', // beyond Unicode
      '%ff',
      '%80',
      'named%00',
      'named%00.html',
      '%00',
      'named%0d%0aset-cookie:%20a=b',
      'named%e2%80%8b', // a space without width
      'n%d0%b0med', // a Cyrillic a
      '%ef%bd%8eamed', // a wide n
    ])('%s', async (name) => {
      for (const path of [`/v1/articles/${name}`, `/v1/articles/${name}/comments`, `/v1/articles/named/comments/${name}`]) {
        const answer = await askRaw('GET', path);
        expectNothing(answer);
        expect(answer.headers.get('set-cookie')).toBeNull();
      }
      expect([400, 422]).toContain((await askRaw('PUT', `/v1/articles/${name}`, { authorization: await bearer(admin) })).status);
      expect([200, 400]).toContain((await askRaw('GET', `/v1/articles?section=${name}`)).status);
      expect([200, 400, 404]).toContain(
        (await askRaw('GET', `/v1/moderation/users/${name}`, { authorization: await bearer(moderator) })).status,
      );
    });
  });

  it('a name is decoded once, whatever asks', async () => {
    for (const method of ['GET', 'HEAD']) {
      await answered(askRaw(method, '/v1/articles/%7ea'), 200);
      await answered(askRaw(method, '/v1/articles/%257ea'), 404);
      await answered(askRaw(method, '/v1/articles/%25257ea'), 404);
    }
  });

  it('members whose ids look alike are others: in what they may, what they are shown, and how they stand', async () => {
    expect(new Set(alike.map(({ sub }) => sub)).size).toBe(3);
    const ids: string[] = [];
    for (const as of alike) ids.push(await post(as, 'named', 'only mine'));
    await settled();
    for (const [n, as] of alike.entries()) {
      const { json } = await answered(ask('GET /v1/me/comments', { as }), 200);
      expect(json.items.map(({ id }: { id: string }) => id)).toEqual([ids[n]]);
      for (const id of ids.filter((each) => each !== ids[n])) {
        const refused = await ask(`DELETE /v1/articles/named/comments/${id}`, { as });
        expect([403, 404]).toContain(refused.status);
      }
    }
    const ban = { standing: 'banned', until: null };
    await answered(ask(`PATCH /v1/moderation/users/${encodeURIComponent(decomposed.sub)}`, { as: moderator, body: ban }), 200);
    expect(await Promise.all(alike.map(standingOf))).toEqual(['normal', 'banned', 'normal']);
    await answered(ask('POST /v1/articles/named/comments', { as: decomposed, body: { body: 'banned' } }), 403);
    await post(composed, 'named', 'not banned');
    const { json } = await answered(ask(`GET /v1/moderation/search?author=${encodeURIComponent(decomposed.sub)}`, { as: moderator }), 200);
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
  });

  it('an id that is written like a key, a path or a query of the store is an id', async () => {
    for (const sub of ['M#x', 'A#named', 'POLICY', 'audit/2026-11-25', '../me', '%2e%2e', "' OR 1=1 --", ':pk', '#pk', '{{7*7}}', '$ne']) {
      const as = person(sub);
      const id = await post(as, 'named', `by ${sub.length} characters`);
      await settled();
      const own = await answered(ask('GET /v1/me/comments', { as }), 200);
      expect(own.json.items.map((item: { id: string }) => item.id)).toEqual([id]);
      const { json } = await answered(ask(`GET /v1/moderation/search?author=${encodeURIComponent(as.sub)}`, { as: moderator }), 200);
      expect(json.items.map((item: { id: string }) => item.id)).toEqual([id]);
    }
  });

  describe('a megabyte', () => {
    const long = 'x'.repeat(megabyte);

    it.each<[string, () => Promise<Answer>, number]>([
      ['of an id', () => askRaw('GET', `/v1/articles/${long}`), 431],
      ['of a query', () => askRaw('GET', `/v1/articles?section=${long}`), 431],
      ['of a header', () => askRaw('GET', '/v1/health', { 'x-long': long }), 431],
      ['of the name of a header', () => askRaw('GET', '/v1/health', { [long]: 'x' }), 431],
      ['of a token', () => askRaw('GET', '/v1/me/comments', { authorization: `Bearer ${long}` }), 431],
      ['of a title', () => ask('PUT /v1/articles/long', { as: admin, body: { title: long } }), 413],
      ['of a text', () => ask('POST /v1/articles/named/comments', { as: composed, body: { body: long } }), 413],
      ['of the name of a field', () => ask('POST /v1/articles/named/comments', { as: composed, body: { [long]: 1 } }), 413],
    ])('%s is refused, and the next is answered', async (_, asked, status) => {
      await answered(asked(), status);
      await answered(ask('GET /v1/health'), 200);
    });
  });

  it('a header is no way to become somebody else, or to come from somewhere else', async () => {
    for (const headers of [
      { 'x-user': 'admin', 'x-roles': 'admin', 'x-forwarded-user': admin.sub },
      { 'x-original-url': '/v1/moderation/queues', 'x-rewrite-url': '/v1/moderation/queues' },
      { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' },
      { cookie: `authorization=${await bearer(admin)}` },
      { 'x-amzn-oidc-data': await bearer(admin), 'x-apigateway-event': '{}' },
      { constructor: 'x', ['__proto__']: 'x', prototype: 'x' },
    ] as Record<string, string>[]) {
      await answered(askRaw('GET', '/v1/moderation/queues', headers), 401);
      await answered(askRaw('GET', '/v1/articles/named', headers), 200);
    }
    await answered(askRaw('GET', `/v1/moderation/queues?authorization=${encodeURIComponent(await bearer(admin))}&access_token=x`), 401);
    await answered(askRaw('GET', '/v1/articles/named'), 200);
  });
}
