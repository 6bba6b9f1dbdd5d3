import { describe, expect, it } from 'vitest';
import { holdersOf, type Lease, running, without, withoutThoseOf, withTaken } from '#moderation/rules/leases.ts';

const mias: Lease = { by: 'mia', until: 1_000, ids: ['a', 'b'] };
const noas: Lease = { by: 'noa', until: 2_000, ids: ['c'] };

describe('leases', () => {
  it('run until their end, and not at it', () => {
    expect(running([mias, noas], 999)).toEqual([mias, noas]);
    expect(running([mias, noas], 1_000)).toEqual([noas]);
    expect(running([mias, noas], 2_000)).toEqual([]);
  });

  it('tell who holds a comment', () => {
    expect(holdersOf([mias, noas])).toEqual(
      new Map([
        ['a', mias],
        ['b', mias],
        ['c', noas],
      ]),
    );
  });

  it('lose what is given back, and go with the last of it', () => {
    expect(without([mias, noas], new Set(['a', 'c', 'x']))).toEqual([{ ...mias, ids: ['b'] }]);
    expect(withoutThoseOf([mias, noas], 'mia')).toEqual([noas]);
  });

  it('hold a comment only once: taken again, it is held for longer', () => {
    const taken = { by: 'mia', until: 3_000, ids: ['b', 'd'] };
    expect(withTaken([mias, noas], taken)).toEqual([{ ...mias, ids: ['a'] }, noas, taken]);
  });
});
