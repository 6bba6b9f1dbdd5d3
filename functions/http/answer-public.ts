import { LRUCache } from 'lru-cache';
import type { Route } from '../routes.ts';
import { type Rendered, render, sharedMaxAge } from './caching.ts';
import type { ParsedCall, PublicEndpoint } from './endpoint.ts';
import type { HttpEvent } from './exchange.ts';

/** How many answers a warm function keeps. */
export const mostKept = 2_000;

/**
 * Answers that a warm function has just given, for as long as `s-maxage` lets any shared cache keep them: a hot article
 * costs one query per second and instance, not one per reader. Callers that miss at the same time share one read; what
 * fails is not kept.
 */
const kept = new LRUCache<string, Rendered, ParsedCall>({
  max: mostKept,
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: ({ body }, key) => body.length + key.length + 512,
  ttl: sharedMaxAge * 1_000,
  // Whoever waits for a read gets it, though others have taken its place meanwhile.
  ignoreFetchAbort: true,
  fetchMethod: async (_key, _stale, { context }) => render(await context.run(new Date()), 'public'),
});

/** Answers a public `GET`, from memory where it may. */
export async function answerPublic(route: Route, endpoint: PublicEndpoint, event: HttpEvent): Promise<Rendered> {
  const call = endpoint.parse(event);
  return kept.forceFetch(`${route.name} ${call.key}`, { context: call });
}
