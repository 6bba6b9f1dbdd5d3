import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway/gateway.ts';
import type { LambdaFunction } from '../../local/lambda/function.ts';
import type { Outcome } from '../../local/lambda/instance.ts';

let gateway: Gateway;
const neverEnds = new Promise<Outcome>(() => undefined);
const echo = (event: string): Promise<Outcome> =>
  Promise.resolve({ ok: true, payload: JSON.stringify({ statusCode: 200, cookies: ['a=1', 'b=2'], body: event }) });

function functionThat(name: string, timeoutSeconds: number, invoke: (event: string) => Promise<Outcome>): [string, LambdaFunction] {
  const plan = {
    ...{ logicalId: name, name, arn: '', role: { name: '', allowed: [] }, directory: '', handler: '' },
    ...{ memoryMegabytes: 128, timeoutSeconds, eventRetries: 2, environment: {} },
  };
  return [name, { plan, ready: Promise.resolve(), invoke, kill: () => undefined, stop: () => Promise.resolve() }];
}

beforeAll(async () => {
  const route = (key: string, functionName: string, timeoutMilliseconds = 30_000) => ({ key, functionName, timeoutMilliseconds });
  gateway = await startGateway({
    api: {
      id: 'api1',
      cors: undefined,
      routes: [route('ANY /echo/{id}', 'Echo'), route('GET /broken', 'Broken'), route('GET /late', 'Late', 50)],
      throttle: { ratePerSecond: Infinity, burst: Infinity },
    },
    accountId: '000000000000',
    functions: new Map([
      functionThat('Echo', 3, echo),
      functionThat('Broken', 3, () => Promise.resolve({ ok: false, error: { errorType: 'Error', errorMessage: 'secret', trace: [] } })),
      functionThat('Late', 60, () => neverEnds),
    ]),
    port: 0,
    onProblem: () => undefined,
  });
});
afterAll(() => gateway.close());

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
}

function send({
  method = 'GET',
  path,
  headers = {},
  body,
}: Sent): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: gateway.port, host: '127.0.0.1', method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('the gateway', () => {
  test('hands a request over in payload format 2.0', async () => {
    const headers = { 'X-Twice': ['1', '2'], cookie: 'c=1; d=2', 'content-type': 'application/json', 'user-agent': 'test/1' };
    const { text, headers: answered } = await send({ method: 'POST', path: '/echo/a%20b?q=1&q=2', headers, body: '{"ä":1}' });

    const event = JSON.parse(text);
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{id}',
      rawPath: '/echo/a b',
      rawQueryString: 'q=1&q=2',
      cookies: ['c=1', 'd=2'],
      headers: { 'x-twice': '1,2', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' },
      queryStringParameters: { q: '1,2' },
      pathParameters: { id: 'a b' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1',
        http: { method: 'POST', path: '/echo/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test/1' },
        routeKey: 'ANY /echo/{id}',
        stage: '$default',
      },
      body: '{"ä":1}',
      isBase64Encoded: false,
    });
    expect(event.headers.cookie).toBeUndefined();
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(event.requestContext.requestId).toMatch(/^.{15}=$/);
    expect(answered['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('hands over a header that is called like a property of every object', async () => {
    const headers = { constructor: 'x', ['__proto__']: 'y', 'x-last': 'z' };
    const event = JSON.parse((await send({ path: '/echo/1', headers })).text);
    expect(Object.entries(event.headers)).toEqual(
      expect.arrayContaining([
        ['constructor', 'x'],
        ['__proto__', 'y'],
        ['x-last', 'z'],
      ]),
    );
  });

  test('hands over bytes in base64, and no body as none', async () => {
    const bytes = await send({ method: 'POST', path: '/echo/1', headers: { 'content-type': 'image/png' }, body: Buffer.from([0, 255]) });
    expect(JSON.parse(bytes.text)).toMatchObject({ body: 'AP8=', isBase64Encoded: true });

    const none = JSON.parse((await send({ path: '/echo/1' })).text);
    expect(none).not.toHaveProperty('body');
    expect(none).not.toHaveProperty('queryStringParameters');
    expect(none).not.toHaveProperty('cookies');
  });

  test.each([
    ['an unknown path', { path: '/none' }, 404, 'Not Found'],
    ['HEAD on a GET route', { method: 'HEAD', path: '/broken' }, 404, undefined],
    ['malformed encoding', { path: '/echo/%zz' }, 400, 'Bad Request'],
    ['a failing function', { path: '/broken' }, 500, 'Internal Server Error'],
    ['an integration that takes too long', { path: '/late' }, 503, 'Service Unavailable'],
    [
      'more than 10,240 bytes of headers',
      { path: '/echo/1', headers: { 'x-long': 'x'.repeat(10_300) } },
      431,
      'Request Header Fields Too Large',
    ],
    ['more than 10 MB', { method: 'POST', path: '/echo/1', body: Buffer.alloc(10 * 1024 * 1024 + 1) }, 413, 'Request Entity Too Large'],
  ])('answers %s itself', async (_, sent, status, message) => {
    const answer = await send(sent);

    expect(answer.status).toBe(status);
    expect(answer.headers['apigw-requestid']).toMatch(/^.{15}=$/);
    if (message !== undefined) expect(JSON.parse(answer.text)).toEqual({ message });
  });

  test.each([
    ['headers beyond what is read at all', `GET /echo/1 HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(50_000)}\r\n\r\n`, 431],
    ['what is no HTTP', 'nonsense\r\n\r\n', 400],
  ])('answers %s in the same words, and closes', async (_, sent, status) => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.end(sent);
    const [head = '', body = ''] = Buffer.concat(await socket.toArray())
      .toString()
      .split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/\r\napigw-requestid: .{15}=\r\n/);
    expect(JSON.parse(body)).toEqual({ message: status === 431 ? 'Request Header Fields Too Large' : 'Bad Request' });
  });

  test('names a request to its client by the id that the function is handed', async () => {
    const { text, headers } = await send({ path: '/echo/1' });
    expect(headers['apigw-requestid']).toBe(JSON.parse(text).requestContext.requestId);
  });

  test('tells no length with the answer to a HEAD', async () => {
    const { status, headers, text } = await send({ method: 'HEAD', path: '/echo/1' });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('content-length');
    expect(text).toBe('');
  });

  test('answers 429 itself beyond the throttle of the stage, to whatever is asked', async () => {
    const throttled = await startGateway({
      api: { id: 'x', cors: undefined, routes: [], throttle: { ratePerSecond: 0.001, burst: 1 } },
      ...{ accountId: '', functions: new Map(), port: 0, onProblem: () => undefined },
    });
    const ask = () => fetch(`http://127.0.0.1:${throttled.port}/none`);
    const [first, second] = [await ask(), await ask()];
    await throttled.close();
    expect([first.status, second.status]).toEqual([404, 429]);
    expect(await second.json()).toEqual({ message: 'Too Many Requests' });
    expect(second.headers.get('apigw-requestid')).toMatch(/^.{15}=$/);
  });

  test('says when its port is taken', async () => {
    const again = startGateway({
      api: { id: 'x', cors: undefined, routes: [], throttle: { ratePerSecond: Infinity, burst: Infinity } },
      ...{ accountId: '', functions: new Map(), port: gateway.port, onProblem: () => undefined },
    });
    await expect(again).rejects.toThrow(`Port ${gateway.port} is taken`);
  });
});
