import { LRUCache } from 'lru-cache';
import type { Caller } from './caller.ts';

/** A token that was verified. */
export interface Verified {
  caller: Caller;
  /** When the token expires, in seconds since 1970; nothing where it never does. */
  expires: number | undefined;
}

/** Milliseconds for which a verified token is taken without looking at its signature again. */
export const verifiedAge = 60_000;

/**
 * Keeps who a token belongs to, so that a reader who reacts five times, or a moderator at work, is verified once a minute: next to
 * the calls of the store, the signature is the dearest part of a small request. What is refused is never kept.
 *
 * @param verify verifies a token, or throws
 * @param now milliseconds since 1970
 */
export function keepCallers(
  verify: (token: string) => Promise<Verified>,
  now: () => number = Date.now,
): (token: string) => Promise<Caller> {
  const kept = new LRUCache<string, Verified & { since: number }>({ max: 1_000 });
  return async (token) => {
    const known = kept.get(token);
    if (known !== undefined && now() - known.since < verifiedAge && now() < (known.expires ?? Number.POSITIVE_INFINITY) * 1_000) {
      return known.caller;
    }
    const verified = await verify(token);
    kept.set(token, { ...verified, since: now() });
    return verified.caller;
  };
}
