import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type EntryName, routes } from '../../functions/routes.ts';

export interface TestRequest {
  token?: string;
  body?: unknown;
  query?: Record<string, string>;
  headers?: Record<string, string>;
}

export interface TestResponse {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: what a client reads out of JSON, of whatever shape
  json: any;
  /** The body as it was sent. */
  text: string;
}

const handlers = {
  reader: () => import('../../functions/reader.ts'),
  member: () => import('../../functions/member.ts'),
  publisher: () => import('../../functions/publisher.ts'),
  moderator: () => import('../../functions/moderator.ts'),
} satisfies Record<EntryName, unknown>;

/** Calls the endpoint of `METHOD /path` with the event that API Gateway would send to its entry; no server, no mocks. */
export async function call(request: `${string} /${string}`, options: TestRequest = {}): Promise<TestResponse> {
  const result = await (await invocationOf(request, options))();
  return {
    status: result.statusCode ?? 0,
    headers: result.headers as Record<string, string>,
    json: result.body && /[/+]json\b/.test(String(result.headers?.['content-type'])) ? JSON.parse(result.body) : undefined,
    text: result.body ?? '',
  };
}

/** The same call made ready: the function is loaded and the event is written. It may be made many times. */
export async function invocationOf(
  request: `${string} /${string}`,
  options: TestRequest = {},
): Promise<() => Promise<APIGatewayProxyStructuredResultV2>> {
  const [method = '', path = ''] = request.split(' ', 2);
  const found = match(method, path);
  const event = eventOf(method, path, found, options);
  const { handler } = await handlers[found?.entry ?? 'reader']();
  // A test has all the time that its runner gives it.
  const context = { awsRequestId: event.requestContext.requestId, getRemainingTimeInMillis: () => 3_600_000 } as Context;
  return async () => (await handler(event as never, context)) as APIGatewayProxyStructuredResultV2;
}

function match(method: string, path: string) {
  for (const route of routes) {
    const pattern = new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const parameters = pattern.exec(path)?.groups;
    if (route.method === method && pattern.test(path)) return { ...route, parameters };
  }
  return undefined;
}

function eventOf(method: string, path: string, found: ReturnType<typeof match>, { token, body, query, headers }: TestRequest) {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: found === undefined ? '$default' : `${found.method} ${found.path}`,
    rawPath: decodeURIComponent(path),
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(query && { queryStringParameters: query }),
    ...(found?.parameters && {
      pathParameters: Object.fromEntries(Object.entries(found.parameters).map(([name, value]) => [name, decodeURIComponent(value)])),
    }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'test',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: randomUUID(),
      routeKey: found === undefined ? '$default' : `${found.method} ${found.path}`,
      stage: '$default',
      time: '23/Nov/2026:09:00:00 +0000',
      timeEpoch: 1_795_424_400_000,
    },
    ...(text !== undefined && { body: text }),
    isBase64Encoded: false,
  };
  return event;
}
