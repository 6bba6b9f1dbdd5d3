import type { CryptoKey } from 'jose';
import { logError } from './log.ts';

/**
 * Milliseconds for which a warm function goes on with the keys it has. A secret that was withdrawn is refused after that, and after the
 * minute for which a verified token is kept: five minutes in all.
 */
export const keysAge = 4 * 60_000;
/** Milliseconds between two looks for a newer key, whatever tokens arrive: each look is two calls. */
export const pauseBetweenLooks = 10_000;

/** The keys that the site signs with: more than one while it changes from one secret to the next. */
export interface SiteKeys {
  kept(): Promise<readonly CryptoKey[]>;
  /** For a token that none of the kept keys fits: looks whether there are others by now, if that is long enough ago. */
  lookAgain(): Promise<readonly CryptoKey[]>;
}

/**
 * Keeps the keys made of the site's secrets. A new secret is known as soon as a token comes that was signed with it, and
 * otherwise, like the end of an old one, within {@link keysAge}. While the secrets cannot be read, it goes on with those it has.
 *
 * @param read the secrets in force
 * @param now milliseconds of a clock that goes on while the function is frozen
 */
export function keepSiteKeys(read: () => Promise<readonly string[]>, now: () => number = Date.now): SiteKeys {
  let kept: { readonly keys: Promise<readonly CryptoKey[]>; readonly since: number } | undefined;

  function noOlderThan(age: number): Promise<readonly CryptoKey[]> {
    if (kept !== undefined && now() - kept.since < age) return kept.keys;
    const before = kept?.keys;
    const keys = readKeys().catch(async (error) => {
      if (before === undefined) {
        kept = undefined;
        throw error;
      }
      logError('the site secret could not be read again', '', error);
      return before;
    });
    kept = { keys, since: now() };
    return keys;
  }

  const readKeys = async () => Promise.all((await read()).map(hmacKey));

  return { kept: () => noOlderThan(keysAge), lookAgain: () => noOlderThan(pauseBetweenLooks) };
}

/** Imported once: jose would import bytes anew for every token. */
const hmacKey = (secret: string) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
