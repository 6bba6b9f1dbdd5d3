import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import type { IdentityProvider } from '#http/token.ts';
import { person } from './site.ts';

const audience = 'understory';

/** Issuers by what becomes of whoever asks them for their keys. */
const behaviours: Record<string, (response: ServerResponse, keys: string) => void> = {
  sound: (response, keys) => response.end(keys),
  hangs: () => undefined,
  trickles: (response) => {
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(drip));
  },
  nonsense: (response) => response.end('<html>Sign in</html>'),
  misshapen: (response) => response.end('{"keys":{"__proto__":[]}}'),
  // Its keys would be taken, were they not followed by more than anybody needs to read.
  huge: (response, keys) => {
    const padding = ' '.repeat(64 * 1024);
    const pour = () => {
      while (!response.destroyed && response.write(padding));
    };
    response.write(keys.slice(0, -1));
    response.on('drain', pour);
    pour();
  },
  redirects: (response) => response.writeHead(302, { location: '/sound' }).end(),
};

export const badIssuers = Object.keys(behaviours).filter((name) => name !== 'sound');
export const issuerOf = (name: string): string => `https://${name}.example/`;

/** Everything that was asked of the server of keys. */
export const fetched: string[] = [];
let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
let keySet = '';
const server = createServer((request, response) => {
  const path = request.url?.slice(1) ?? '';
  fetched.push(path);
  response.setHeader('content-type', 'application/json');
  const behave = behaviours[path];
  if (behave === undefined) response.writeHead(404).end();
  else behave(response, keySet);
});

/** Starts the issuers; gives them as a configuration names them. */
export async function openIssuers(): Promise<IdentityProvider[]> {
  keys = await generateKeyPair('RS256', { extractable: true });
  keySet = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.keys(behaviours).map((name) => ({ issuer: issuerOf(name), audience, jwksUri: addressOf(name) }));
}

export async function closeIssuers(): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

export const addressOf = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
export const publicKey = (): CryptoKey => keys.publicKey;

interface Forged {
  header?: Partial<JWTHeaderParameters> & Record<string, unknown>;
  key?: Parameters<SignJWT['sign']>[0];
  [claim: string]: unknown;
}

/** A token of the sound issuer for somebody who may do everything, right in whatever is not named. */
export function issued({ header = {}, key = keys.privateKey, ...claims }: Forged = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const payload = { ...person('issued'), roles: ['admin'], iss: issuerOf('sound'), aud: audience, exp: now + 60, ...claims };
  const given = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
  const crit = Object.fromEntries((header.crit ?? []).map((name) => [name, true]));
  return new SignJWT(given).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header } as JWTHeaderParameters).sign(key, { crit });
}
