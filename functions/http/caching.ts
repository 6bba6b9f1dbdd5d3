import { etagOf, matchesNone } from './etag.ts';
import type { HttpResult } from './exchange.ts';
import type { Reply } from './reply.ts';

/** Seconds for which shared caches, and a warm reader itself, may serve an answer without asking again. */
export const sharedMaxAge = 1;

/**
 * Clients revalidate every time (cheap, by ETag); shared caches hold an answer for a second and may serve it a little
 * longer while they fetch the next one (RFC 5861 §3).
 */
const publicCacheControl = `public, max-age=0, s-maxage=${sharedMaxAge}, stale-while-revalidate=10`;
const privateCacheControl = 'private, no-store';
/** The gateway lets each of several sites read an answer by name: one that a cache holds for one of them is not for the others. */
const vary = 'Origin';

/** An answer written out, with its validator. */
export interface Rendered {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Writes a reply out once: its JSON, its ETag, and the cache headers of its audience. */
export function render(reply: Reply, audience: 'public' | 'private'): Rendered {
  const body = reply.body === undefined ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  const validated = body !== '' && (reply.revision !== undefined || audience === 'public');
  return {
    statusCode: reply.status,
    headers: {
      ...(body !== '' && { 'content-type': 'application/json; charset=utf-8' }),
      ...(audience === 'public' ? { 'cache-control': publicCacheControl, vary } : { 'cache-control': privateCacheControl }),
      ...(validated && { etag: etagOf(body, reply.revision) }),
      ...reply.headers,
    },
    body,
  };
}

/** Answers a `GET` from what is written out: 304 without a body where the client has it already (RFC 9110 §15.4.5). */
export function conditional(rendered: Rendered, ifNoneMatch: string | undefined): HttpResult {
  const etag = rendered.headers.etag;
  if (etag === undefined || rendered.statusCode !== 200 || !matchesNone(ifNoneMatch, etag)) return { ...rendered };
  const { 'content-type': _, ...headers } = rendered.headers;
  return { statusCode: 304, headers };
}
