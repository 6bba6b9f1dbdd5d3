import type { IncomingHttpHeaders } from 'node:http';
import type { CorsPlan } from '../template/api.ts';
import type { Answer } from './answer.ts';

/** Cross-origin rules of one API ("Configure CORS for HTTP APIs in API Gateway", Amazon API Gateway Developer Guide). */
export interface Cors {
  /** "API Gateway automatically sends a response to preflight OPTIONS requests, even if there isn't an OPTIONS route". */
  preflight(headers: IncomingHttpHeaders): Answer | undefined;
  /** "API Gateway ignores CORS headers returned from your backend integration", and adds its own. */
  decorate(answer: Answer, origin: string | undefined): Answer;
}

/** Without a configuration, requests and answers pass as they are. */
export function corsOf(plan: CorsPlan | undefined): Cors {
  if (plan === undefined) return { preflight: () => undefined, decorate: (answer) => answer };
  const shared = {
    ...(plan.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(plan.ExposeHeaders.length > 0 && { 'access-control-expose-headers': plan.ExposeHeaders.join(',') }),
  };
  const forPreflight = {
    ...(plan.AllowMethods.length > 0 && { 'access-control-allow-methods': plan.AllowMethods.join(',') }),
    ...(plan.AllowHeaders.length > 0 && { 'access-control-allow-headers': plan.AllowHeaders.join(',') }),
    ...(plan.MaxAge !== undefined && { 'access-control-max-age': String(plan.MaxAge) }),
  };
  const allow = (origin: string | undefined) => {
    const allowed = origin === undefined ? undefined : allowedOrigin(plan.AllowOrigins, origin);
    return allowed === undefined ? undefined : { 'access-control-allow-origin': allowed, ...shared };
  };
  return {
    preflight({ origin, 'access-control-request-method': method }) {
      if (origin === undefined || method === undefined) return undefined;
      const allowed = allow(origin);
      return { status: 204, headers: { ...(allowed && { ...allowed, ...forPreflight }) }, cookies: [], body: '' };
    },
    decorate(answer, origin) {
      const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
      return { ...answer, headers: { ...Object.fromEntries(own), ...allow(origin) } };
    },
  };
}

/** An origin is allowed by name, by its scheme (`https://*`), or with all others (`*`). */
function allowedOrigin(allowed: readonly string[], origin: string): string | undefined {
  if (allowed.includes('*')) return '*';
  const scheme = `${origin.split('//', 1)[0]}//*`;
  return allowed.includes(origin) || allowed.includes(scheme) ? origin : undefined;
}
