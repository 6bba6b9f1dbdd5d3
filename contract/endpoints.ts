import type { MemberEndpoint, PublicEndpoint } from '#http/endpoint.ts';
import { type Route, routes } from '../functions/routes.ts';
import type { RouteName } from './route-contract.ts';

/** A line of the route table with the endpoint that answers it. */
export type ServedRoute = Route & { readonly name: RouteName; readonly endpoint: PublicEndpoint | MemberEndpoint };

/** Every route with its endpoint, as the Lambda entries serve them. Nothing is called, so no table is needed. */
export async function servedRoutes(): Promise<ServedRoute[]> {
  process.env.TABLE_NAME ??= 'none';
  const entries = await Promise.all([
    import('../functions/reader.ts'),
    import('../functions/member.ts'),
    import('../functions/publisher.ts'),
    import('../functions/moderator.ts'),
  ]);
  const endpoints = Object.assign({}, ...entries.map(({ handler }) => handler.endpoints)) as Record<RouteName, ServedRoute['endpoint']>;
  return routes.map((route) => ({ ...route, endpoint: endpoints[route.name] }));
}
