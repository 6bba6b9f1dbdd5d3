import type { Route } from '../routes.ts';
import type { HttpEvent } from './exchange.ts';

/**
 * The `GET` that a `HEAD` stands for, on the routes of an entry. API Gateway knows a `HEAD` of no route that takes `GET`, and
 * hands it on like an unknown path; "all general-purpose servers MUST support the methods GET and HEAD" (RFC 9110 §9.1).
 *
 * @returns nothing where it is no `HEAD`, or asks for what no `GET` answers
 */
export function asGet(event: HttpEvent, routes: readonly Route[]): HttpEvent | undefined {
  if (event.requestContext.http.method !== 'HEAD') return undefined;
  for (const { method, path } of routes) {
    const found = method === 'GET' ? patternOf(path).exec(event.rawPath) : null;
    const pathParameters = found && decoded(found.groups ?? {});
    if (pathParameters) return { ...event, routeKey: `GET ${path}`, pathParameters };
  }
  return undefined;
}

/** What a route's path matches, each variable as a group by its name. */
export const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

function decoded(parameters: Record<string, string>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}
