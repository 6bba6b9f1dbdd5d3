import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { type EntryName, type Route, type RouteNames, routes } from '../routes.ts';
import { answerPublic } from './answer-public.ts';
import { conditional, render } from './caching.ts';
import { inTime } from './deadline.ts';
import type { MemberEndpoint, PublicEndpoint } from './endpoint.ts';
import type { HttpEvent, HttpResult } from './exchange.ts';
import { asGet, patternOf } from './head.ts';
import { identify } from './identity.ts';
import { Problem } from './problem.ts';
import { problemReplies } from './problem-replies.ts';
import { requestLog } from './request-log.ts';
import { onlyThroughEdge } from './through-edge.ts';

type Endpoint = PublicEndpoint | MemberEndpoint;

/**
 * Makes the Lambda handler of an audience. `endpoints` names exactly the routes that the route table gives this entry;
 * API Gateway has matched the route already and tells it as `routeKey`. The handler carries them along as data.
 */
export function entry<E extends EntryName>(name: E, endpoints: Record<RouteNames<E>, Endpoint>) {
  const own = routes.filter((route) => route.entry === name);
  const byKey = new Map<string, { route: Route; endpoint: Endpoint }>(
    own.map((route) => [`${route.method} ${route.path}`, { route, endpoint: endpoints[route.name as RouteNames<E>] }]),
  );

  const dispatch = (event: HttpEvent, context: Context): Promise<HttpResult> => inTime(answerAny(event), context);

  async function answerAny(event: HttpEvent): Promise<HttpResult> {
    const get = asGet(event, own);
    if (get === undefined) return answer(event);
    const { body: _, ...head } = await answer(get);
    return head;
  }

  async function answer(event: HttpEvent): Promise<HttpResult> {
    const found = byKey.get(event.routeKey);
    if (found === undefined) throw unknownRoute(event);
    const { route, endpoint } = found;
    const ifNoneMatch = route.method === 'GET' ? event.headers['if-none-match'] : undefined;
    if (endpoint.kind === 'public') return conditional(await answerPublic(route, endpoint, event), ifNoneMatch);
    const caller = await identify(event, route.access);
    return conditional(render(await endpoint.run(event, caller, new Date()), 'private'), ifNoneMatch);
  }

  return Object.assign(middy<HttpEvent, HttpResult>().use([requestLog(), problemReplies(), onlyThroughEdge()]).handler(dispatch), {
    endpoints,
  });
}

/** Whatever no route matches arrives here too, so that it is told in our own words. */
function unknownRoute(event: HttpEvent): Problem {
  const methods = routes.filter((route) => patternOf(route.path).test(event.rawPath)).map((route) => route.method);
  if (methods.length === 0) return new Problem('not-found', 'There is no such path.');
  return new Problem('method-not-allowed', `This path takes ${methods.join(', ')}.`, { headers: { allow: methods.join(', ') } });
}
