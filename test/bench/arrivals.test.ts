import { describe, expect, it } from 'vitest';
import { failuresOf, sendAtRate } from '../../bench/load/arrivals.ts';

describe('requests at a constant rate', () => {
  it('keep why each of them failed', async () => {
    const refused = { name: 'post', send: () => Promise.reject(new Error('was answered 503: too busy')) };
    const samples = await sendAtRate(1_000, 0.01, () => refused);
    expect(samples).toHaveLength(10);
    expect(failuresOf(samples)).toBe('10 × post was answered 503: too busy, first after 0.0 s');
  });

  it('tell failures of one route from those of another', () => {
    const samples = ['post', 'newest', 'post'].map((route, n) => ({ route, at: 1_000 * n, ms: 1, failure: 'socket hang up' }));
    expect(failuresOf(samples)).toBe('2 × post socket hang up, first after 0.0 s; 1 × newest socket hang up, first after 1.0 s');
  });

  it('tell no more kinds of failures than can be read, those that came most often first', () => {
    const samples = Array.from({ length: 15 }, (_, n) => ({ route: 'post', at: 0, ms: 1, failure: n < 3 ? 'often' : `once ${n}` }));
    expect(failuresOf(samples)).toMatch(/^3 × post often, .*; 3 kinds more$/);
  });

  it('have nothing to say of what was answered', () => {
    expect(failuresOf([{ route: 'post', at: 0, ms: 1 }])).toBe('');
  });
});
