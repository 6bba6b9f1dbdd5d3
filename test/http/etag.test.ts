import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { etagOf, matchesNone, readIfMatch, requireMatch } from '#http/etag.ts';
import { expectRefusal } from '../support/problem.ts';

describe('an ETag', () => {
  it('is strong, quoted, and the same for the same representation alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.option(fc.nat(), { nil: undefined }), (a, b, revision) => {
        expect(etagOf(a, revision)).toMatch(/^"[\w.-]+"$/);
        expect(etagOf(a, revision) === etagOf(b, revision)).toBe(a === b);
      }),
    );
  });

  it('can be sent back as If-Match, where only its revision decides', () => {
    expect(readIfMatch(etagOf('one body', 3))).toEqual([3]);
    expect(readIfMatch(etagOf('another body', 3))).toEqual([3]);
  });

  it('can be sent back as If-Match also when the edge has made it weak by compressing the answer', () => {
    expect(readIfMatch(`W/${etagOf('one body', 3)}`)).toEqual([3]);
  });
});

describe('If-None-Match', () => {
  const etag = '"abc"';

  it.each(['"abc"', 'W/"abc"', '*', ' * ', '"x", "abc"', '"x",W/"abc" ,"y"'])('%s names the representation', (header) => {
    expect(matchesNone(header, etag)).toBe(true);
  });

  it.each([undefined, '', '"abcd"', 'abc', '"x", "y"', 'w/"abc"'])('%s does not', (header) => {
    expect(matchesNone(header, etag)).toBe(false);
  });
});

describe('If-Match', () => {
  it.each([
    [undefined, undefined],
    ['*', '*'],
    ['"3"', [3]],
    [' "3" ', [3]],
    ['"3", "4"', [3, 4]],
    ['"12.AbC-_9"', [12]],
  ])('%s asks for %j', (header, expected) => {
    expect(readIfMatch(header)).toEqual(expected);
  });

  it.each(['3', '"three"', '""', '"-1"', '"1.2.3"', '"9999999999999999999"', 'null'])('%s matches no revision at all', async (header) => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        async (revision) => void (await expectRefusal(() => requireMatch(readIfMatch(header), revision), 'stale-revision')),
      ),
    );
  });

  it('passes when it is missing, names the revision, or is * on something that exists', () => {
    for (const precondition of [undefined, '*', [4], [1, 4]] as const) expect(() => requireMatch(precondition, 4)).not.toThrow();
  });

  it('is refused when stale, and when * on something that does not exist', async () => {
    await expectRefusal(() => requireMatch([3], 4), 'stale-revision');
    await expectRefusal(() => requireMatch('*', 0), 'stale-revision');
  });
});
