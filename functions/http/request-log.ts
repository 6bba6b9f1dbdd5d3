import { startMeter } from '#table/meter.ts';
import type { HttpMiddleware } from './exchange.ts';
import { logRequest } from './log.ts';

/**
 * Stamps every answer with `x-request-id` and with what keeps browsers from guessing another type than it names («X-Content-Type-Options
 * header», Fetch Standard §3.6), and logs one line per request: route, outcome, latency, request units.
 */
export const requestLog = (): HttpMiddleware => {
  const started = new WeakMap<object, { at: number; meter: ReturnType<typeof startMeter> }>();
  const finish: NonNullable<HttpMiddleware['after']> = ({ event, response }) => {
    const start = started.get(event);
    const requestId = event.requestContext.requestId;
    if (response === null || response === undefined || start === undefined) return;
    response.headers = { ...response.headers, 'x-content-type-options': 'nosniff', 'x-request-id': requestId };
    logRequest({
      requestId,
      route: event.routeKey,
      status: response.statusCode ?? 200,
      latencyMs: Math.round((performance.now() - start.at) * 10) / 10,
      ...start.meter,
    });
  };
  return {
    before: ({ event }) => {
      started.set(event, { at: performance.now(), meter: startMeter() });
    },
    after: finish,
    onError: finish,
  };
};
