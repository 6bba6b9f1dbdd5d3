import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { articleId, commentId, line, page, time, webUrl } from '#http/scalars.ts';
import { check } from '#http/validation.ts';
import { expectRefusal } from '../support/problem.ts';

const schema = z.strictObject({
  name: z.string(),
  parts: z.optional(z.array(z.strictObject({ 'a/b~c': z.optional(z.number()) }))),
});

describe('checking a value', () => {
  it('gives what the schema makes of it', () => {
    expect(check(z.object({ at: time }), { at: '2026-11-23T10:30:00+01:00' }, 'invalid', '')).toEqual({ at: '2026-11-23T09:30:00.000Z' });
  });

  it.each([
    [{}, '/name'],
    [{ name: 1 }, '/name'],
    [{ name: 'x', parts: [{}, { 'a/b~c': 'no' }] }, '/parts/1/a~1b~0c'],
    [{ name: 'x', 'ex/tra~': 1 }, '/ex~1tra~0'],
    [{ name: 'x', parts: [{ other: 1 }] }, '/parts/0/other'],
    [JSON.parse('{"name": "x", "__proto__": {"admin": true}}'), '/__proto__'],
    [[], ''],
  ])('points at what is wrong in %j by JSON Pointer', async (value, path) => {
    const problem = await expectRefusal(() => check(schema, value, 'invalid', 'It breaks a rule.'), 'invalid');
    expect(problem.errors).toEqual([{ path, message: expect.stringMatching(/./) }]);
  });

  it('tells of every broken rule, but of twenty at most', async () => {
    const two = await expectRefusal(() => check(schema, { name: 1, extra: 1 }, 'invalid', ''), 'invalid');
    expect(two.errors?.map(({ path }) => path).sort()).toEqual(['/extra', '/name']);
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`field${n}`, n]));
    expect((await expectRefusal(() => check(schema, many, 'invalid', ''), 'invalid')).errors).toHaveLength(20);
  });
});

const takes = (of: z.ZodMiniType, value: unknown) => of.safeParse(value).success;

describe('ids', () => {
  it.each(['a', 'A-Z_0.9~', 'x'.repeat(128), '2026.11.23-story', '...'])('an article may be called %.40s', (id) => {
    expect(takes(articleId, id)).toBe(true);
  });

  it.each(['', 'x'.repeat(129), 'a b', 'a/b', 'a#b', 'ä', 'a\n', 'a%20b', '.', '..'])('an article cannot be called %.40s', (id) => {
    expect(takes(articleId, id)).toBe(false);
  });

  it('a comment is called by a UUIDv7 in lower case', () => {
    expect(takes(commentId, '01a2087d-055f-761f-a4ff-8ff03da283de')).toBe(true);
    for (const id of ['01A2087D-055F-761F-A4FF-8FF03DA283DE', '01a2087d-055f-461f-a4ff-8ff03da283de', '01a2087d', '']) {
      expect(takes(commentId, id)).toBe(false);
    }
  });
});

describe('other values', () => {
  it.each(['2026-11-23T09:30:00.000Z', '2026-11-23T09:30:00Z', '2026-11-23T09:30:00.123456+05:30'])('%s is a time', (text) => {
    expect(takes(time, text)).toBe(true);
  });

  it.each(['2026-11-23', '2026-11-23T09:30Z', '23.11.2026', '2026-02-30T00:00:00Z', '2026-11-23T09:30:00', 'now', '', 1_795_424_400_000])(
    '%s is no time',
    (text) => {
      expect(takes(time, text)).toBe(false);
    },
  );

  it.each(['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'])(
    '%s is no time, because text order would not be time order',
    (text) => {
      expect(takes(time, text)).toBe(false);
    },
  );

  it('a line is trimmed, composed, on one line, and must say something', () => {
    expect(line(20).parse('  Cafe\u0301\n\topen ')).toBe('Café open');
    expect(line(20).parse('a\uD800b')).toBe('a\uFFFDb');
    expect(takes(line(20), ' \n ')).toBe(false);
    expect(takes(line(3), 'four')).toBe(false);
  });

  it.each([
    'javascript:alert(1)',
    'ftp://example.org',
    '//example.org',
    'https://',
    'example.org',
    `https://example.org/${'x'.repeat(2048)}`,
  ])('%.40s is no web address', (text) => {
    expect(takes(webUrl, text)).toBe(false);
  });

  it.each(['0', '101', '-1', '1.5', 'abc', '', '1e2', ' 5', '1000'])('%j is no limit of a page', (limit) => {
    expect(takes(z.object(page), { limit })).toBe(false);
  });

  it('a page has 20 items unless told otherwise, 1 to 100', () => {
    expect(z.object(page).parse({})).toEqual({ limit: 20 });
    expect([1, 100].map((limit) => z.object(page).parse({ limit: String(limit) }).limit)).toEqual([1, 100]);
  });
});
