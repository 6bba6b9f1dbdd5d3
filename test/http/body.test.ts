import { describe, expect, it } from 'vitest';
import { bodyLimit, readJsonBody } from '#http/body.ts';
import type { HttpEvent } from '#http/exchange.ts';
import { expectRefusal } from '../support/problem.ts';

function eventOf(body: string | Buffer | undefined, contentType: string | undefined = 'application/json'): HttpEvent {
  const binary = Buffer.isBuffer(body);
  return {
    headers: { 'content-type': contentType },
    body: binary ? body.toString('base64') : body,
    isBase64Encoded: binary,
  } as unknown as HttpEvent;
}

const sized = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));

describe('reading a JSON body', () => {
  it('takes it as text and in base64', () => {
    expect(readJsonBody(eventOf('{"a":"ä😀"}'))).toEqual({ a: 'ä😀' });
    expect(readJsonBody(eventOf(Buffer.from('{"a":"ä😀"}')))).toEqual({ a: 'ä😀' });
  });

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/merge-patch+json'])('takes %s', (type) => {
    expect(readJsonBody(eventOf('1', type))).toBe(1);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'text/json', 'multipart/form-data', ''])(
    'refuses %j',
    async (type) => {
      await expectRefusal(() => readJsonBody(eventOf('1', type)), 'unsupported-media-type');
    },
  );

  it('refuses a body that does not say what it is', async () => {
    const event = { headers: {}, body: '{}', isBase64Encoded: false } as unknown as HttpEvent;
    await expectRefusal(() => readJsonBody(event), 'unsupported-media-type');
  });

  it.each(['', '{', '{"a":1,}', "{'a':1}", 'undefined', '\u0000', '{"a":1}{"a":2}'])(
    'refuses %j, which is not JSON, and says so by pointer',
    async (text) => {
      const problem = await expectRefusal(() => readJsonBody(eventOf(text)), 'malformed-request');
      expect(problem.errors).toEqual([{ path: '', message: 'is not JSON in UTF-8' }]);
    },
  );

  it('refuses bytes that are not UTF-8', async () => {
    await expectRefusal(() => readJsonBody(eventOf(Buffer.from([0x22, 0xc3, 0x28, 0x22]))), 'malformed-request');
  });

  it('takes 64 KiB and refuses a byte more, as text and in base64', async () => {
    expect(bodyLimit).toBe(65_536);
    expect(readJsonBody(eventOf(sized(bodyLimit)))).toHaveLength(bodyLimit - 2);
    expect(readJsonBody(eventOf(Buffer.from(sized(bodyLimit))))).toHaveLength(bodyLimit - 2);
    await expectRefusal(() => readJsonBody(eventOf(sized(bodyLimit + 1))), 'too-large');
    await expectRefusal(() => readJsonBody(eventOf(Buffer.from(sized(bodyLimit + 1)))), 'too-large');
  });

  it('counts bytes, not characters', async () => {
    await expectRefusal(() => readJsonBody(eventOf(JSON.stringify('ä'.repeat(40_000)))), 'too-large');
  });

  it('replaces half a character that an escape names, because no store takes it', () => {
    expect(readJsonBody(eventOf('{"a":["x\\ud800y","\\uDC00","\\ud83d\\ude00"]}'))).toEqual({ a: ['x\uFFFDy', '\uFFFD', '😀'] });
  });
});
