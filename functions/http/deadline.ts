import type { Context } from 'aws-lambda';
import { Problem } from './problem.ts';

/** Milliseconds that are left for the answer itself when a request's time is over. */
const reserve = 1_000;

/**
 * Gives up on an answer a second before Lambda would end the function, which API Gateway tells in words of its own: each call of the
 * store has a deadline, but a request makes several, and a store that is slow at each may take all of the time. What was begun may
 * still take place, as after any answer that is lost.
 *
 * @throws Problem `unavailable` (503) when the time is over
 */
export async function inTime<T>(answer: Promise<T>, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const late = () => reject(new Problem('unavailable', 'This takes too long. Try again shortly.', { headers: { 'retry-after': '1' } }));
  const timer = setTimeout(late, Math.max(0, context.getRemainingTimeInMillis() - reserve));
  try {
    return await Promise.race([answer, over]);
  } finally {
    clearTimeout(timer);
  }
}
