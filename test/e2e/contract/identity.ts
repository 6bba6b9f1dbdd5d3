import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { siteSecret } from '../../../local/token.ts';
import { ask, refused, taken } from './api.ts';

const now = () => Math.floor(Date.now() / 1_000);
const claims = { sub: 'ida', name: 'Ida' };

const sign = (payload: object, secret = siteSecret(), alg = 'HS256') =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));

const authorised = (authorization: string) => ask('GET /v1/me/comments', { headers: { authorization } });

export function identity(): void {
  it.each<[string, () => string | Promise<string>]>([
    ['signed by nobody', () => new UnsecuredJWT(claims).encode()],
    ['signed with an algorithm that is not taken', () => sign(claims, 'x'.repeat(64), 'HS512')],
    ['signed with another secret', () => sign(claims, 'another secret of another site')],
    ['that has expired', () => sign({ ...claims, exp: now() - 1 })],
    ['that is not yet valid', () => sign({ ...claims, nbf: now() + 600 })],
    ['of nobody', () => sign({ name: 'Ida' })],
    ['of somebody without a name', () => sign({ sub: 'ida' })],
    ['of an id that is too long', () => sign({ ...claims, sub: 'x'.repeat(129) })],
    ['that is too long itself', () => sign({ ...claims, padding: 'x'.repeat(6_200) })],
    ['that is none', () => 'a.b.c'],
  ])('a token %s answers 401', async (_, token) => {
    const answer = await refused(authorised(`Bearer ${await token()}`), 401, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it.each(['Basic aWRhOng=', 'Bearer', 'Bearer a b', 'nonsense'])('credentials of another kind answer 401: %s', async (authorization) => {
    const answer = await refused(authorised(authorization), 401, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('a token without an end is taken, and so is an id of 128 characters', async () => {
    await taken(authorised(`Bearer ${await sign(claims)}`));
    await taken(authorised(`bearer ${await sign({ ...claims, sub: 'x'.repeat(128), exp: now() + 60 })}`));
  });

  it('a picture travels with the comment, and one that is no address is left out', async () => {
    const post = async (picture: string) =>
      taken(
        ask('POST /v1/articles/sample/comments', {
          headers: { authorization: `Bearer ${await sign({ ...claims, picture })}` },
          body: { body: `With ${picture}` },
        }),
        201,
      );
    expect((await post('https://news.example/ida.png')).json.author).toEqual({
      ...{ id: 'ida', name: 'Ida', picture: 'https://news.example/ida.png' },
    });
    expect((await post('javascript:alert(1)')).json.author.picture).toBeNull();
  });

  it.each([
    ['member', ['nonsense'], [403, 403, 403, 403]],
    ['publisher', ['publisher'], [201, 200, 403, 403]],
    ['moderator', ['moderator'], [403, 200, 200, 403]],
    ['admin', ['admin'], [201, 200, 200, 200]],
  ] as const)('a %s may what the role allows', async (who, roles, [put, close, queues, policy]) => {
    const as = { sub: who, roles: [...roles] };
    expect((await ask(`PUT /v1/articles/of-${who}`, { as, body: { title: 'A story' } })).status).toBe(put);
    expect((await ask('PATCH /v1/articles/sample-2', { as, body: { commenting: { open: true } } })).status).toBe(close);
    expect((await ask('GET /v1/moderation/queues', { as })).status).toBe(queues);
    const inForce = await taken(ask('GET /v1/moderation/policy', { as: { sub: 'mo', roles: ['moderator'] } }));
    const kept = ask('PUT /v1/moderation/policy', { as, body: inForce.json, headers: { 'if-match': inForce.headers.get('etag') ?? '' } });
    expect((await kept).status).toBe(policy);
  });
}
