import { describe, expect, it } from 'vitest';
import { inTime } from '#http/deadline.ts';
import { expectRefusal } from '../support/problem.ts';

const left = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds });

describe('an answer', () => {
  it('that is there in time is given, and so is its error', async () => {
    expect(await inTime(Promise.resolve('here'), left(10_000))).toBe('here');
    await expect(inTime(Promise.reject(new Error('no')), left(10_000))).rejects.toThrow('no');
  });

  it('that is not there a second before the function would be ended is given up, with a time to come back', async () => {
    const never = new Promise(() => undefined);
    const problem = await expectRefusal(() => inTime(never, left(1_001)), 'unavailable');
    expect(problem.headers).toEqual({ 'retry-after': '1' });
  });

  it('is given up at once where no time is left, and nobody minds that it fails afterwards', async () => {
    const { promise, reject } = Promise.withResolvers();
    await expectRefusal(() => inTime(promise, left(0)), 'unavailable');
    reject(new Error('later'));
    await expect(promise).rejects.toThrow('later');
  });
});
