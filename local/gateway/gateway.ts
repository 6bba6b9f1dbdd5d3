import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { LambdaFunction } from '../lambda/function.ts';
import { messageOf, Problem, systemCode } from '../problem.ts';
import type { ApiPlan, RoutePlan } from '../template/api.ts';
import { type Answer, readResult, refusals } from './answer.ts';
import { announcesBody, readBody } from './body.ts';
import { corsOf } from './cors.ts';
import { buildEvent, newRequestId } from './event.ts';
import { parseTarget, type Target } from './path.ts';
import { type Match, RouteTable } from './routes.ts';
import { tokenBucket } from './throttle.ts';

/** "Total combined size of request line and header values: 10,240 bytes" ("Quotas for configuring and running an HTTP API"). */
const largestHead = 10_240;
/** Lambda's own limit for a synchronous invocation, event and result alike: 6 MB ("Lambda quotas"). */
const largestPayload = 6 * 1024 * 1024;
/** How long requests under way may take when the gateway closes, in milliseconds. */
const patience = 5000;

export interface Gateway {
  readonly port: number;
  /** Takes no new requests, and answers those under way. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly api: ApiPlan;
  readonly accountId: string;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  /** 0 for any that is free. */
  readonly port: number;
  readonly onProblem: (line: string) => void;
}

/**
 * Serves an HTTP API on the loopback interface.
 * @throws Problem if the port is taken
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const handle = requestHandler(options);
  // The parser's own limit also counts header names, and would close the connection without a word.
  const server = createServer({ maxHeaderSize: 4 * largestHead, keepAliveTimeout: 60_000 }, (request, response) => {
    const requestId = newRequestId();
    handle(request, response, requestId).catch((error) => {
      options.onProblem(`The gateway failed: ${messageOf(error)}`);
      if (!response.headersSent) send(response, refusals.internalError, requestId);
    });
  });
  server.on('clientError', (error, socket) => refuseUnread(socket, systemCode(error)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const taken = systemCode(cause) === 'EADDRINUSE';
      reject(taken ? new Problem(`Port ${options.port} is taken; name another with --port`, { cause }) : cause);
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : options.port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.race([closed, delay(patience, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

function requestHandler({ api, accountId, functions }: GatewayOptions) {
  const routes = new RouteTable<RoutePlan>(api.routes);
  const cors = corsOf(api.cors);
  const admit = tokenBucket(api.throttle);

  async function answer(request: IncomingMessage, requestId: string): Promise<Answer> {
    const { headers, method = '' } = request;
    const target = parseTarget(request.url ?? '');
    const match = target && routes.find(method, target.segments);
    if (method === 'OPTIONS' && match?.route.key.startsWith('OPTIONS ') !== true) {
      const preflight = cors.preflight(headers);
      if (preflight !== undefined) return preflight;
    }
    return cors.decorate(await serve(request, requestId, target, match), headers.origin);
  }

  async function serve(
    request: IncomingMessage,
    requestId: string,
    target: Target | undefined,
    match: Match<RoutePlan> | undefined,
  ): Promise<Answer> {
    if (headSize(request) > largestHead) return refusals.headersTooLarge;
    if (target === undefined) return refusals.badRequest;
    if (!admit()) return refusals.tooManyRequests;
    if (match === undefined) return refusals.notFound;
    const body = announcesBody(request) ? await readBody(request) : undefined;
    if (body?.kind === 'too-large') return refusals.entityTooLarge;
    if (body?.kind === 'aborted') return refusals.badRequest;
    const bytes = body?.kind === 'whole' ? body.bytes : undefined;
    const event = JSON.stringify(buildEvent(request, target, match, bytes, { requestId, accountId, apiId: api.id }));
    if (event.length > largestPayload) return refusals.entityTooLarge;
    return await invoke(match.route, event);
  }

  async function invoke({ functionName, timeoutMilliseconds }: RoutePlan, event: string): Promise<Answer> {
    const target = functions.get(functionName);
    if (target === undefined) throw new Error(`There is no function ${functionName}`);
    const invocation = target.invoke(event);
    const outcome =
      target.plan.timeoutSeconds * 1000 < timeoutMilliseconds ? await invocation : await withinTime(invocation, timeoutMilliseconds);
    if (outcome === undefined) return refusals.serviceUnavailable;
    if (!outcome.ok || outcome.payload.length + (outcome.body?.length ?? 0) > largestPayload) return refusals.internalError;
    return readResult(outcome.payload, outcome.body);
  }

  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    const answered = await answer(request, requestId);
    if (!request.complete) request.resume();
    send(response, answered, requestId);
  };
}

async function withinTime<T>(result: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const stop = new AbortController();
  const late = delay(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    return await Promise.race([result, late]);
  } finally {
    stop.abort();
  }
}

function headSize({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  let size = method.length + url.length + ' HTTP/1.1  '.length;
  for (let index = 1; index < rawHeaders.length; index += 2) size += rawHeaders[index]?.length ?? 0;
  return size;
}

/** Connection headers are the gateway's own business (RFC 9110, section 7.6.1). */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** The header in which API Gateway tells the request's id with every answer, its own included. */
const requestIdHeader = 'apigw-requestid';

function send(response: ServerResponse, { status, headers, cookies, body }: Answer, requestId: string): void {
  const list: string[] = [requestIdHeader, requestId];
  for (const name in headers) if (!ownHeaders.has(name)) list.push(name, headers[name] ?? '');
  for (const cookie of cookies) list.push('set-cookie', cookie);
  // Only a GET could tell how long the answer is that a HEAD goes without (RFC 9110, section 8.6).
  const isWhole = status !== 204 && status !== 304 && response.req.method !== 'HEAD';
  if (isWhole) list.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(status, list);
  response.end(body);
}

/** Answers what the parser gave up before it was a request: the connection has to end, but not without a word. */
function refuseUnread(socket: Duplex, code: string | undefined): void {
  if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const { status, headers, body } = code === 'HPE_HEADER_OVERFLOW' ? refusals.headersTooLarge : refusals.badRequest;
  const lines = Object.entries({
    ...headers,
    [requestIdHeader]: newRequestId(),
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
