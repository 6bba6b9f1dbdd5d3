import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RoutePlan } from '../template/api.ts';
import type { Target } from './path.ts';
import type { Match } from './routes.ts';

/** What of the stack every event names, and what names the request. */
export interface EventPlace {
  readonly requestId: string;
  readonly accountId: string;
  readonly apiId: string;
}

/** Which bodies API Gateway hands over as text; all others are base64. */
const textual = /^(text\/|application\/(json|javascript|xml|[^;]*\+(json|xml))\b)/i;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The event that API Gateway makes of a request, payload format 2.0 ("Create AWS Lambda proxy integrations for HTTP APIs in API Gateway",
 * Amazon API Gateway Developer Guide).
 */
export function buildEvent(
  request: IncomingMessage,
  target: Target,
  { route, pathParameters }: Match<RoutePlan>,
  body: Buffer | undefined,
  { requestId, accountId, apiId }: EventPlace,
) {
  const now = Date.now();
  const sourceIp = request.socket.remoteAddress ?? '';
  const { headers, cookies } = readHeaders(request.rawHeaders);
  const host = headers.host ?? '';
  headers['x-forwarded-for'] = headers['x-forwarded-for'] === undefined ? sourceIp : `${headers['x-forwarded-for']}, ${sourceIp}`;
  headers['x-forwarded-port'] = String(request.socket.localPort ?? '');
  headers['x-forwarded-proto'] = 'http';
  headers['x-amzn-trace-id'] ??= `Root=1-${Math.floor(now / 1000).toString(16)}-${randomHex(24)}`;
  // What is no UTF-8 cannot travel as text: half of it would arrive as something else.
  const asText = body !== undefined && textual.test(headers['content-type'] ?? '') && isUtf8(body);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: target.path,
    rawQueryString: target.rawQueryString,
    ...(cookies && { cookies }),
    headers,
    ...(target.queryStringParameters && { queryStringParameters: target.queryStringParameters }),
    requestContext: {
      accountId,
      apiId,
      domainName: host,
      domainPrefix: host.split(/[.:]/, 1)[0],
      http: {
        method: request.method,
        path: target.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.key,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now,
    },
    ...(pathParameters && { pathParameters }),
    ...(body && { body: asText ? body.toString('utf8') : body.toString('base64') }),
    isBase64Encoded: body !== undefined && !asText,
  };
}

/** "All header names are lowercased", "duplicate headers are combined with commas", and cookies have a field of their own. */
function readHeaders(raw: readonly string[]): { headers: Record<string, string>; cookies: string[] | undefined } {
  // Without a prototype, so that a header may be called like what every object has.
  const headers: Record<string, string> = Object.create(null);
  let cookies: string[] | undefined;
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    if (name === 'cookie') cookies = [...(cookies ?? []), ...value.split(/; */).filter(Boolean)];
    else headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return { headers, cookies };
}

/** A request's id as API Gateway's own look: 15 characters and an equals sign. */
export const newRequestId = (): string => `${randomHex(15)}=`;

/** @param digits at most 32, of which six bits say only what kind of UUID they come from: Node.js makes these in advance. */
function randomHex(digits: number): string {
  return randomUUID().replaceAll('-', '').slice(0, digits);
}

let lastTime = { second: -1, text: '' };

/** `12/Mar/2026:19:03:58 +0000`; the same text serves a whole second. */
function commonLogTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastTime.second) {
    const iso = new Date(milliseconds).toISOString();
    const month = months[Number(iso.slice(5, 7)) - 1];
    lastTime = { second, text: `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000` };
  }
  return lastTime.text;
}
