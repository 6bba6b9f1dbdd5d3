import type { Figure } from './figure.ts';

/** The middle of `samples`, or the mean of the two in the middle. */
export function medianOf(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** What a figure says of its samples. */
export const spreadOf = (samples: readonly number[]): Pick<Figure, 'median' | 'minimum' | 'maximum'> => ({
  median: medianOf(samples),
  minimum: Math.min(...samples),
  maximum: Math.max(...samples),
});
