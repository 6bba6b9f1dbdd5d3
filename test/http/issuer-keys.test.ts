import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { issuerKeysAge, pauseBetweenFetches } from '#http/issuer-keys.ts';
import { verifiedAge } from '#http/kept-callers.ts';
import { makeVerifier } from '#http/token.ts';
import { expectRefusal } from '../support/problem.ts';

interface SigningKey {
  jwk: JWK;
  privateKey: CryptoKey;
}

const issuer = 'https://login.example.org/';
const audience = 'understory';
let first: SigningKey;
let second: SigningKey;
let published: JWK[];
let behave: (response: ServerResponse) => void;
let fetches: number;
let verify: ReturnType<typeof makeVerifier>;

const publish = (response: ServerResponse) => response.end(JSON.stringify({ keys: published }));
const server = createServer((_, response) => {
  fetches += 1;
  behave(response);
});

async function keyCalled(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' }, privateKey };
}

beforeAll(async () => {
  [first, second] = await Promise.all([keyCalled('first'), keyCalled('second')]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close().closeAllConnections());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  [published, behave, fetches] = [[first.jwk], publish, 0];
  const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  verify = makeVerifier({ providers: [{ issuer, audience, jwksUri }], rolesClaim: 'roles' });
});
afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const signedWith = ({ jwk: { kid }, privateKey }: SigningKey) =>
  new SignJWT({ sub: 'ann', name: 'Ann', iss: issuer, aud: audience })
    .setProtectedHeader({ alg: 'ES256', ...(kid !== undefined && { kid }) })
    .sign(privateKey);
const accepts = async (key: SigningKey) => expect(await verify(await signedWith(key))).toMatchObject({ id: 'ann' });
const refuses = async (key: SigningKey) => await expectRefusal(async () => verify(await signedWith(key)), 'unauthenticated');

describe('when an issuer changes its keys', () => {
  it('the new one is known as soon as it is used', async () => {
    await accepts(first);
    published = [first.jwk, second.jwk];
    pass(pauseBetweenFetches);

    await accepts(second);
    await accepts(first);
    expect(fetches).toBe(2);
  });

  it('the old one is refused five minutes after it was withdrawn, at the latest', async () => {
    await accepts(first);
    published = [second.jwk];
    pass(issuerKeysAge);

    await refuses(first);
    await accepts(second);
    expect(issuerKeysAge + verifiedAge).toBe(5 * 60_000);
  });
});

it('tokens of unknown keys cannot make it ask the issuer more often than every ten seconds', async () => {
  await accepts(first);
  for (let n = 0; n < 5; n += 1) await refuses(second);
  expect(fetches).toBe(1);

  pass(pauseBetweenFetches);
  for (let n = 0; n < 5; n += 1) await refuses(second);
  expect(fetches).toBe(2);
});

describe.each<[string, (response: ServerResponse) => void]>([
  ['is down', (response) => response.destroy()],
  ['hangs', () => undefined],
  ['answers with an error', (response) => response.writeHead(500).end('{"keys":[]}')],
  ['answers with a page', (response) => response.end('<html></html>')],
  ['answers with another document', (response) => response.end('{"issuer":"https://login.example.org/"}')],
])('while an issuer %s', (_, broken) => {
  it('a warm function goes on with the keys it has, asks seldom, and learns of new ones later', async () => {
    await accepts(first);
    [published, behave] = [[second.jwk], broken];
    pass(issuerKeysAge);
    await accepts(first);
    await accepts(first);
    await refuses(second);
    expect(fetches).toBe(2);

    behave = publish;
    pass(pauseBetweenFetches);
    await accepts(second);
    await refuses(first);
  });

  it('a cold one says that it cannot tell, and asks again with the next token', async () => {
    behave = broken;
    await expectRefusal(async () => verify(await signedWith(first)), 'unavailable');

    behave = publish;
    await accepts(first);
  });
});

it('a key set without end is read for 128 KB and no further', async () => {
  let poured = 0;
  const chunk = ' '.repeat(64 * 1_024);
  behave = (response) => {
    const pour = () => {
      do poured += chunk.length;
      while (response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  };

  await expectRefusal(async () => verify(await signedWith(first)), 'unavailable');
  // What lies in buffers on the way was sent, too.
  expect(poured).toBeLessThan(32 * 1_024 * 1_024);
});
