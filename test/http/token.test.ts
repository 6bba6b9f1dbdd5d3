import { createSecretKey, randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepSiteKeys } from '#http/site-keys.ts';
import { makeVerifier } from '#http/token.ts';
import { expectRefusal } from '../support/problem.ts';
import { siteSecret } from '../support/tokens.ts';

const issuer = 'https://login.example.org/';
const audience = 'understory';
const servers: Server[] = [];
let rsa: { publicKey: CryptoKey; privateKey: CryptoKey };
let ec: { publicKey: CryptoKey; privateKey: CryptoKey };
let foreign: { publicKey: CryptoKey; privateKey: CryptoKey };
let verify: ReturnType<typeof makeVerifier>;
let fetches = 0;

/** Starts a server on this machine; gives its address. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
}

const keysOf = (...secrets: string[]) => keepSiteKeys(async () => secrets);

const verifierOf = (jwksUri: string, settings: object = {}) =>
  makeVerifier({ siteKeys: keysOf(siteSecret), providers: [{ issuer, audience, jwksUri }], rolesClaim: 'roles', ...settings });

beforeAll(async () => {
  [rsa, ec, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('ES256'), generateKeyPair('RS256')]);
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
  ];
  const jwksUri = await serve((_request, response) => {
    fetches += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  verify = verifierOf(jwksUri);
});

afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

interface Claims {
  alg?: string;
  kid?: string | null;
  key?: Parameters<SignJWT['sign']>[0];
  [claim: string]: unknown;
}

/** A token of the issuer, right in everything that is not named. */
function tokenOf({ alg = 'RS256', kid = 'rsa', key = rsa.privateKey, ...claims }: Claims = {}): Promise<string> {
  const payload = { sub: 'ann', name: 'Ann', iss: issuer, aud: audience, exp: Math.floor(Date.now() / 1000) + 60, ...claims };
  const given = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
  return new SignJWT(given).setProtectedHeader({ alg, ...(kid !== null && { kid }) }).sign(key);
}

describe('a token of an OpenID Connect issuer', () => {
  it('tells who calls: id, name, picture and roles', async () => {
    const caller = await verify(await tokenOf({ picture: 'https://example.org/ann.png', roles: ['moderator', 7] }));
    expect(caller).toEqual({ id: 'ann', name: 'Ann', picture: 'https://example.org/ann.png', roles: new Set(['moderator']) });
  });

  it('is taken with RS256 and with ES256, and fetches the keys once for both', async () => {
    await expect(verify(await tokenOf())).resolves.toMatchObject({ id: 'ann' });
    await expect(verify(await tokenOf({ alg: 'ES256', kid: 'ec', key: ec.privateKey }))).resolves.toMatchObject({ id: 'ann' });
    expect(fetches).toBe(1);
  });

  it('is taken for several audiences of which this is one', async () => {
    await expect(verify(await tokenOf({ aud: ['other', audience] }))).resolves.toMatchObject({ id: 'ann' });
  });

  it('carries roles in the claim that the site has chosen', async () => {
    const other = makeVerifier({ siteKeys: keysOf(siteSecret), providers: [], rolesClaim: 'https://example.org/roles' });
    const token = await tokenOf({
      alg: 'HS256',
      key: new TextEncoder().encode(siteSecret),
      'https://example.org/roles': ['admin'],
      roles: ['publisher'],
    });
    expect((await other(token)).roles).toEqual(new Set(['admin']));
  });

  it('loses a picture that is no web address, not its validity', async () => {
    await expect(verify(await tokenOf({ picture: 'javascript:alert(1)' }))).resolves.toMatchObject({ picture: null });
  });

  it.each<[string, Claims]>([
    ['of another issuer', { iss: 'https://login.example.com/' }],
    ['without an issuer', { iss: undefined }],
    ['for another audience', { aud: 'another' }],
    ['without an audience', { aud: undefined }],
    ['that has expired', { exp: 1_700_000_000 }],
    ['that is not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ['with a key id that nobody knows', { kid: 'unknown' }],
    ['of the kid of another algorithm', { kid: 'ec' }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['with too long a subject', { sub: 'x'.repeat(129) }],
    ['with half a character for a subject', { sub: 'a\uD800' }],
    ['with a control character in its subject', { sub: 'a\nb' }],
    ['without a name', { name: undefined }],
    ['with a number for a name', { name: 7 }],
  ])('%s is refused', async (_what, claims) => {
    const problem = await expectRefusal(async () => verify(await tokenOf(claims)), 'unauthenticated');
    expect(problem.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
  });

  it('signed by somebody else with the right kid is refused', async () => {
    await expectRefusal(async () => verify(await tokenOf({ key: foreign.privateKey })), 'unauthenticated');
  });

  it('signed HS256 with the public key for a secret is refused (key confusion)', async () => {
    const pem = Buffer.from(await exportSPKI(rsa.publicKey));
    await expectRefusal(async () => verify(await tokenOf({ alg: 'HS256', key: createSecretKey(pem) })), 'unauthenticated');
    const trimmed = Buffer.from((await exportSPKI(rsa.publicKey)).trim());
    await expectRefusal(async () => verify(await tokenOf({ alg: 'HS256', key: createSecretKey(trimmed) })), 'unauthenticated');
  });

  it.each(['HS384', 'HS512'])('signed %s with the site’s own secret is refused: only HS256 is listed', async (alg) => {
    const key = new TextEncoder().encode(siteSecret.padEnd(64, siteSecret));
    const padded = makeVerifier({ siteKeys: keysOf(siteSecret.padEnd(64, siteSecret)), providers: [], rolesClaim: 'roles' });
    await expectRefusal(async () => padded(await tokenOf({ alg, key, iss: undefined })), 'unauthenticated');
  });

  it.each(['PS256', 'RS512'])('signed %s with the right key is refused: the algorithm is not listed', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    await expectRefusal(async () => verify(await tokenOf({ alg, key: pair.privateKey })), 'unauthenticated');
  });

  it('without a signature is refused, in any spelling of none', async () => {
    const [, payload] = (await tokenOf()).split('.');
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const header = Buffer.from(JSON.stringify({ alg, kid: 'rsa' })).toString('base64url');
      for (const signature of ['', 'AAAA']) await expectRefusal(() => verify(`${header}.${payload}.${signature}`), 'unauthenticated');
    }
  });

  it.each(['x', 'a.b.c', '..', 'e30.e30.', `${'A'.repeat(50)}.${'B'.repeat(50)}.C`, 'eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.AAAA', 'a.b.c.d.e'])(
    'that is garbage is refused: %s',
    async (token) => {
      await expectRefusal(() => verify(token), 'unauthenticated');
    },
  );
});

describe('the site’s own tokens', () => {
  it('are refused where no secret is configured', async () => {
    const withoutSecret = makeVerifier({ providers: [], rolesClaim: 'roles' });
    const token = await tokenOf({ alg: 'HS256', key: new TextEncoder().encode(siteSecret) });
    await expectRefusal(() => withoutSecret(token), 'unauthenticated');
  });

  it('are refused when signed with another secret', async () => {
    await expectRefusal(async () => verify(await tokenOf({ alg: 'HS256', key: randomBytes(32) })), 'unauthenticated');
  });
});

describe('an issuer whose keys cannot be had says nothing about the token', () => {
  const expectUnavailable = async (jwksUri: string) => {
    const problem = await expectRefusal(async () => verifierOf(jwksUri)(await tokenOf()), 'unavailable');
    expect(problem.headers['retry-after']).toMatch(/^\d+$/);
    expect(problem.message).not.toContain('127.0.0.1');
  };

  it('when it is down', async () => {
    const gone = await serve(() => undefined);
    await new Promise((resolve) => servers.at(-1)?.close(resolve));
    await expectUnavailable(gone);
  });

  it('when it hangs', async () => {
    await expectUnavailable(await serve(() => undefined));
  });

  it('when it breaks off', async () => {
    await expectUnavailable(await serve((request) => request.socket.destroy()));
  });

  it.each([
    ['an error', 500, '{}'],
    ['not found', 404, '{}'],
    ['a redirection', 302, ''],
    ['a page', 200, '<html></html>'],
    ['JSON that is no key set', 200, '{"keys": 7}'],
  ])('when it answers with %s', async (_what, status, body) => {
    await expectUnavailable(await serve((_request, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body)));
  });

  it('and does not stop the site’s own tokens', async () => {
    const token = await tokenOf({ alg: 'HS256', key: new TextEncoder().encode(siteSecret), iss: undefined, aud: undefined });
    await expect(verifierOf('http://127.0.0.1:1/')(token)).resolves.toMatchObject({ id: 'ann' });
  });
});
