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
    // API Gateway has decoded the path already: what still looks encoded in it is part of a name.
    const found = method === 'GET' ? patternOf(path).exec(event.rawPath) : null;
    if (found) return { ...event, routeKey: `GET ${path}`, pathParameters: { ...found.groups } };
  }
  return undefined;
}

/** What a route's path matches, each variable as a group by its name. */
export const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
