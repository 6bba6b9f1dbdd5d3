import { createLocalJWKSet, createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import { logError } from './log.ts';

/** Milliseconds an issuer has to answer with its keys. */
const keysTimeout = 2_000;
/** Milliseconds between two looks for a key that is not among those we have, as for a newer secret of the site. */
export const pauseBetweenFetches = 10_000;
/** Milliseconds for which keys are taken without asking again: with a verified token's minute five in all, as for the site's own. */
export const issuerKeysAge = 4 * 60_000;
/** Bytes of a key set that are read: the largest issuers publish some twenty. */
const longestKeySet = 128 * 1_024;

/**
 * The keys of an OpenID Connect issuer, fetched when they are first needed and kept. A new one is known as soon as a token comes that
 * was signed with it. While they cannot be fetched again, it goes on with those it has, as with the site's own.
 *
 * @throws Error from the function that it gives, while nothing was ever fetched; JOSEError where no key fits the token
 */
export function issuerKeys(jwksUri: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: keysTimeout,
    cooldownDuration: pauseBetweenFetches,
    cacheMaxAge: issuerKeysAge,
    [customFetch]: fetchOrKeep(),
  });
}

function fetchOrKeep(): FetchImplementation {
  let kept: string | undefined;
  return async (url, options) => {
    try {
      kept = await fetchKeySet(url, options);
    } catch (error) {
      if (kept === undefined) throw error;
      logError('the keys of an issuer could not be fetched again', '', error);
    }
    return new Response(kept);
  };
}

/** @returns a text that jose takes as a key set */
async function fetchKeySet(...[url, options]: Parameters<FetchImplementation>): Promise<string> {
  const response = await fetch(url, options);
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The issuer answered with status ${response.status}`);
  }
  const text = await readText(response.body ?? []);
  createLocalJWKSet(JSON.parse(text));
  return text;
}

/** Leaving the loop early closes the connection. */
async function readText(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > longestKeySet) throw new Error(`The issuer answered with more than ${longestKeySet} bytes`);
    read.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(read));
}
