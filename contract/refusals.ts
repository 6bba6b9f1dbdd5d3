import { type ProblemCode, problemTypes } from '#http/problem.ts';
import { contract } from './contract.ts';
import type { ServedRoute } from './endpoints.ts';
import { shapeOf } from './shape.ts';

/**
 * Which problems a route may answer with. Most follow from what it is: who may call it, what it takes, what it asks of
 * `If-Match`; the rest its contract names.
 */
export function refusalsOf({ name, method, access, path, endpoint }: ServedRoute): ProblemCode[] {
  const { refuses = [], ifMatch, idempotencyKey, limited } = contract[name];
  const { query, body } = endpoint.takes;
  const codes = new Set<ProblemCode>([
    ...(query === undefined ? [] : (['malformed-request'] as const)),
    ...('cursor' in shapeOf(query) ? (['bad-cursor'] as const) : []),
    ...(access === 'public' ? [] : (['unauthenticated'] as const)),
    ...(access === 'public' || access === 'member' ? [] : (['forbidden'] as const)),
    // Where a `PUT` would create something, a name that cannot exist breaks a rule.
    ...(path.includes('{') ? [method === 'PUT' ? ('invalid' as const) : ('not-found' as const)] : []),
    ...(body === undefined ? [] : (['malformed-request', 'too-large', 'unsupported-media-type', 'invalid'] as const)),
    ...(ifMatch === undefined ? [] : (['stale-revision'] as const)),
    ...(ifMatch === 'required' ? (['precondition-required'] as const) : []),
    ...(idempotencyKey ? (['malformed-request', 'invalid'] as const) : []),
    ...(limited ? (['too-many-requests'] as const) : []),
    ...refuses,
    'internal',
    'unavailable',
  ]);
  return [...codes].sort((a, b) => problemTypes[a].status - problemTypes[b].status);
}
