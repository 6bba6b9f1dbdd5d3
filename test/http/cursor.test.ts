import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { commentPosition } from '#http/scalars.ts';
import { expectRefusal } from '../support/problem.ts';

const scope = ['thread', 'a1', '', 'newest'];
const anyScope = fc.array(fc.string(), { maxLength: 5 });

describe('a cursor', () => {
  it('brings back the position to the query that it came from', () => {
    fc.assert(
      fc.property(anyScope, fc.string({ minLength: 4, maxLength: 200, unit: 'grapheme-ascii' }), (query, position) => {
        expect(readCursor(writeCursor(position, query), query, /^/)).toBe(position);
      }),
    );
  });

  it('is made of characters that need no escaping in an address', () => {
    fc.assert(
      fc.property(anyScope, (query) => {
        expect(writeCursor(uuidv7(), query)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it('is absent on the first page', () => {
    expect(readCursor(undefined, scope, commentPosition)).toBeUndefined();
  });

  it.each([
    [['thread', 'a2', '', 'newest']],
    [['thread', 'a1', 'p', 'newest']],
    [['thread', 'a1', '', 'oldest']],
    [['flat', 'a1']],
    [['thread', 'a1', '', 'newest', '']],
    [['thread,a1', '', 'newest']],
  ])('of another query is refused: %j', async (foreign) => {
    await expectRefusal(() => readCursor(writeCursor(uuidv7(), foreign), scope, commentPosition), 'bad-cursor');
  });

  it.each(['not-a-comment', uuidv7().toUpperCase(), `${uuidv7()} `, `${uuidv7()}\n`, ''])(
    'with the position %j is refused',
    async (position) => {
      await expectRefusal(() => readCursor(writeCursor(position, scope), scope, commentPosition), 'bad-cursor');
    },
  );

  it('that is garbage is refused and told as such, never taken for the first page', () => {
    const garbage = fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[\w-]{16,512}$/));
    return fc.assert(
      fc.asyncProperty(garbage, async (cursor) => {
        const problem = await expectRefusal(() => readCursor(cursor, scope, commentPosition), 'bad-cursor');
        expect(problem.errors).toEqual([{ path: '/cursor', message: expect.any(String) }]);
      }),
    );
  });

  it('that somebody shortened or changed is refused', () => {
    const cursor = writeCursor(uuidv7(), scope);
    const changed = fc.nat(9).map((at) => `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`);
    const shortened = fc.integer({ min: 0, max: cursor.length - 2 }).map((length) => cursor.slice(0, length));
    return fc.assert(
      fc.asyncProperty(fc.oneof(changed, shortened), async (forged) => {
        await expectRefusal(() => readCursor(forged, scope, commentPosition), 'bad-cursor');
      }),
    );
  });
});
