import { describe, expect, test } from 'vitest';
import { readResult } from '../../local/gateway/answer.ts';
import { corsOf } from '../../local/gateway/cors.ts';
import { tokenBucket } from '../../local/gateway/throttle.ts';

const read = (result: unknown) => readResult(JSON.stringify(result));

describe("a function's result", () => {
  test('with a status code is taken as it says', () => {
    expect(read({ statusCode: 201, headers: { ETag: '"1"', Count: 3 }, cookies: ['a=1', 'b=2'], body: 'x' })).toEqual({
      status: 201,
      headers: { etag: '"1"', count: '3', 'content-type': 'text/plain;charset=UTF-8' },
      cookies: ['a=1', 'b=2'],
      body: 'x',
    });
  });

  test('in base64 is decoded', () => {
    expect(read({ statusCode: 200, isBase64Encoded: true, body: 'aGk=' }).body).toEqual(Buffer.from('hi'));
  });

  test('without a status code is the body of a 200 in JSON', () => {
    const headers = { 'content-type': 'application/json' };
    expect(read({ hello: 1 })).toEqual({ status: 200, headers, cookies: [], body: '{"hello":1}' });
    expect(read('hello')).toEqual({ status: 200, headers, cookies: [], body: 'hello' });
  });

  test.each([{ statusCode: 'soon' }, { statusCode: 42 }, { statusCode: 200, body: { not: 'text' } }])(
    '%j is a fault of the function',
    (result) => {
      expect(read(result)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    },
  );
});

describe('cross-origin rules', () => {
  const plan = {
    AllowMethods: ['GET', 'PUT'],
    AllowHeaders: ['authorization'],
    ExposeHeaders: ['etag'],
    AllowCredentials: false,
    MaxAge: 60,
  };
  const answer = { status: 200, headers: { 'access-control-allow-origin': 'https://own.example', etag: '1' }, cookies: [], body: '' };
  const asked = (origin: string) => ({ origin, 'access-control-request-method': 'PUT' });

  test('answer the preflight of an allowed origin', () => {
    const cors = corsOf({ ...plan, AllowOrigins: ['https://news.example'] });
    expect(cors.preflight(asked('https://news.example'))).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://news.example',
        'access-control-allow-methods': 'GET,PUT',
        'access-control-allow-headers': 'authorization',
        'access-control-max-age': '60',
      },
    });
  });

  test('give any other origin nothing', () => {
    const cors = corsOf({ ...plan, AllowOrigins: ['https://news.example'] });
    expect(cors.preflight(asked('https://other.example'))).toEqual({ status: 204, headers: {}, cookies: [], body: '' });
    expect(cors.decorate(answer, 'https://other.example').headers).toEqual({ etag: '1' });
  });

  test('take the place of what the function says about origins', () => {
    const cors = corsOf({ ...plan, AllowOrigins: ['https://*'] });
    expect(cors.decorate(answer, 'https://any.example').headers).toEqual({
      etag: '1',
      'access-control-allow-origin': 'https://any.example',
      'access-control-expose-headers': 'etag',
    });
    expect(cors.decorate(answer, 'http://any.example').headers).toEqual({ etag: '1' });
  });

  test('leave an API without any alone', () => {
    expect(corsOf(undefined).preflight(asked('https://any.example'))).toBeUndefined();
    expect(corsOf(undefined).decorate(answer, 'https://any.example')).toBe(answer);
  });
});

test('a token bucket lets a burst through, then the rate', () => {
  let now = 0;
  const admit = tokenBucket({ ratePerSecond: 10, burst: 3 }, () => now);
  const admitted = (count: number) => Array.from({ length: count }, admit).filter(Boolean).length;

  expect(admitted(5)).toBe(3);
  now += 250;
  expect(admitted(5)).toBe(2);
  now += 60_000;
  expect(admitted(5)).toBe(3);
});
