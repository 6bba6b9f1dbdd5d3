import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { idsOfPath, pathBelow } from '#comments/rules/path.ts';

describe('the path of a comment', () => {
  it('is empty at the top level', () => {
    expect(idsOfPath(undefined)).toEqual([]);
  });

  it('names the ancestors from the outermost to the parent', () => {
    const ids = Array.from({ length: 4 }, uuidv7);
    const path = ids.reduce<Uint8Array | undefined>((above, order) => pathBelow({ order, ...(above && { path: above }) }), undefined);
    expect(idsOfPath(path)).toEqual(ids);
    expect(path).toHaveLength(4 * 16);
  });

  it('keeps the nearest hundred, so that no chain makes a comment too large', () => {
    const ids = Array.from({ length: 130 }, uuidv7);
    const path = ids.reduce<Uint8Array | undefined>((above, order) => pathBelow({ order, ...(above && { path: above }) }), undefined);
    expect(idsOfPath(path)).toEqual(ids.slice(-100));
  });
});
