import { createSecretKey } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { siteSecret } from '../../../local/token.ts';
import { addressOf, badIssuers, fetched, issued, issuerOf, publicKey } from './issuers.ts';
import { answered, ask, askRaw, bearer, mark, person } from './site.ts';

const opens = (token: string) => ask('GET /v1/moderation/queues', { headers: { authorization: `Bearer ${token}` } });
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const now = () => Math.floor(Date.now() / 1_000);

/** What the owner of no key signs with. */
const own = await generateKeyPair('RS256', { extractable: true });
const withOwn = (header: Record<string, unknown>) => issued({ key: own.privateKey, header });

async function refused(token: string): Promise<void> {
  const answer = await answered(opens(token), 401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  expect(answer.text).not.toMatch(/RS256|HS256|sound|understory/);
}

/** Attacks that only tell when there are issuers with public keys; what is refused of every token, test/e2e/contract tries. */
export function tokens(): void {
  it('a token of the issuer opens what its roles do', async () => {
    await answered(opens(await issued()), 200);
    await answered(opens(await issued({ roles: [] })), 403);
  });

  it.each<[string, () => Promise<string>]>([
    ['of another issuer', () => issued({ iss: 'https://evil.example/' })],
    ['of an issuer that is called like a property of objects', () => issued({ iss: '__proto__' })],
    ['of several issuers', () => issued({ iss: [issuerOf('sound')] })],
    ['without an issuer', () => issued({ iss: undefined })],
    ['of one issuer in the name of another', () => issued({ iss: `${issuerOf('sound')}/` })],
    ['for another audience', () => issued({ aud: 'another' })],
    ['for nobody', () => issued({ aud: undefined })],
    ['for an audience in another case', () => issued({ aud: 'Understory' })],
    ['that has expired', () => issued({ exp: now() - 1 })],
    ['that expires in words', () => issued({ exp: 'never' })],
    ['that is not valid yet', () => issued({ nbf: now() + 600 })],
    ['signed by somebody else', () => issued({ key: own.privateKey })],
  ])('a token %s is refused', async (_, token) => refused(await token()));

  it('a token without a signature is refused, however its algorithm is called', async () => {
    const [, payload, signature] = (await issued()).split('.');
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, 0, ['RS256'], { alg: 'RS256' }]) {
      for (const end of ['', signature]) await refused(`${encoded({ alg, kid: 'one' })}.${payload}.${end}`);
    }
    await refused(`${encoded({ kid: 'one' })}.${payload}.${signature}`);
  });

  it('a token that was changed after it was signed is refused', async () => {
    const [header, payload = '', signature = ''] = (await issued({ roles: [] })).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    await refused(`${header}.${encoded({ ...claims, roles: ['admin'] })}.${signature}`);
    for (let at = 0; at < signature.length - 1; at += 29) {
      const other = signature[at] === 'A' ? 'B' : 'A';
      await refused(`${header}.${payload}.${signature.slice(0, at)}${other}${signature.slice(at + 1)}`);
    }
  });

  it('the public key of an issuer is no secret to sign with (RS256 read as HS256), in any form that it is published in', async () => {
    const jwk = await exportJWK(publicKey());
    const pem = await exportSPKI(publicKey());
    const forms = [pem, pem.trim(), pem.replaceAll('\n', '\r\n'), JSON.stringify(jwk), jwk.n ?? '', Buffer.from(jwk.n ?? '', 'base64url')];
    for (const form of forms) await refused(await issued({ header: { alg: 'HS256' }, key: createSecretKey(Buffer.from(form)) }));
  });

  it('the secret of the site signs no token with another algorithm', async () => {
    const secret = new TextEncoder().encode(siteSecret().padEnd(64, '\0'));
    for (const alg of ['HS384', 'HS512']) {
      await refused(await new SignJWT({ ...person('site'), roles: ['admin'] }).setProtectedHeader({ alg }).sign(secret));
    }
  });

  describe('a key id is only ever compared', () => {
    it.each([
      '../../../../dev/null',
      '/proc/self/environ',
      "one' OR '1'='1",
      "x' UNION SELECT 'secret' --",
      'http://127.0.0.1:1/keys',
      '__proto__',
      'one\0',
      '| touch /tmp/x',
      'x'.repeat(4_000),
      ...[7, null, ['one'], { kid: 'one' }],
    ])('%j', async (kid) => {
      await refused(await withOwn({ kid }));
      // An empty file is an empty secret.
      const [, payload = ''] = (await issued()).split('.');
      await refused(`${encoded({ alg: 'HS256', kid })}.${payload}.${Buffer.alloc(32).toString('base64url')}`);
    });
  });

  it('keys that a token brings along, or tells the address of, are not looked at', async () => {
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256' };
    const before = fetched.length;
    await refused(await withOwn({ jku: addressOf('evil') }));
    await refused(await withOwn({ x5u: addressOf('evil') }));
    await refused(await withOwn({ jwk }));
    await refused(await withOwn({ x5c: ['MIIB'], x5t: 'x', 'x5t#S256': 'x' }));
    await refused(await withOwn({ jku: addressOf('evil'), kid: 'mine', jwk }));
    expect(fetched.slice(before)).not.toContain('evil');
  });

  it('a token that says what must be understood about it is refused unless it is', async () => {
    await refused(await issued({ header: { crit: ['exp'], exp: now() + 60 } }));
    await refused(await issued({ header: { crit: ['https://example.org/extension'], 'https://example.org/extension': true } }));
    const [, payload, signature] = (await issued()).split('.');
    for (const crit of [[], ['b64'], 'b64', [''], null]) {
      await refused(`${encoded({ alg: 'RS256', kid: 'one', crit, b64: false })}.${payload}.${signature}`);
    }
  });

  it('a token that is encrypted, compressed or too long is refused', async () => {
    await refused(`${encoded({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}..AAAA.AAAA.AAAA`);
    await refused(`${encoded({ alg: 'HS256', zip: 'DEF' })}.${encoded(person('zip'))}.AAAA`);
    await refused(`${'A'.repeat(4_000)}.${'A'.repeat(4_500)}.A`);
  });

  it('two tokens, in one header or in two, are nobody’s', async () => {
    const [first, second] = [await bearer(person('one')), await bearer(person('two'))];
    for (const authorization of [`${first}, ${second}`, `${first} ${second}`, `${first};x`]) {
      await answered(askRaw('GET', '/v1/me/comments', { authorization }), 401);
    }
  });

  describe('an issuer that cannot tell its keys', () => {
    it.each(badIssuers)('lets nobody in and keeps nobody else out: one that %s', async (name) => {
      const answer = await answered(opens(await issued({ iss: issuerOf(name) })), 503);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(answer.text).not.toContain('127.0.0.1');
      await answered(opens(await issued()), 200);
      await answered(ask('GET /v1/me/comments', { as: person('site') }), 200);
    });

    it('is asked once for all who wait for it, and each is told in time', async () => {
      const before = fetched.filter((path) => path === 'hangs').length;
      const token = await issued({ iss: issuerOf('hangs'), name: mark });
      const all = await Promise.all(Array.from({ length: 20 }, () => opens(token)));
      expect(new Set(all.map(({ status }) => status))).toEqual(new Set([503]));
      expect(fetched.filter((path) => path === 'hangs').length - before).toBeLessThanOrEqual(2);
    });
  });
}
