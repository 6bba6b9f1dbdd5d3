import { describe, expect, it } from 'vitest';
import { highestRate, quantileOf } from '../../bench/load/search.ts';

const sample = (ms: number) => ({ route: 'any', at: 0, ms });

describe('a quantile of samples', () => {
  it('is what that share of them took at most', () => {
    const samples = [5, 1, 4, 2, 3].map(sample);
    expect(quantileOf(samples, 0.5)).toBe(3);
    expect(quantileOf(samples, 0.99)).toBe(5);
  });

  it('is none of no samples', () => {
    expect(quantileOf([], 0.5)).toBeNaN();
  });
});

describe('the highest rate', () => {
  const bearable = 10_000;

  it('is none where every request fails', async () => {
    const send = () => new Promise<void>((_, reject) => setTimeout(() => reject(new Error('refused')), 20));
    expect((await highestRate({ name: 'failing', send }, { seconds: 0.02, bearable })).rate).toBe(0);
  });

  it('is the first at which also that is borne which follows from the requests', async () => {
    const send = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
    const tried: number[] = [];
    const settled = async ({ length }: readonly unknown[]) => tried.push(length) > 4;
    const { samples } = await highestRate({ name: 'followed', send }, { seconds: 0.05, bearable, settled });
    // What is waited for first is what the clients left; then three rates were too high.
    expect(tried).toHaveLength(5);
    expect(samples.length).toBe(tried[4]);
    expect(tried[4]).toBeLessThanOrEqual(tried[1]!);
  });
});
