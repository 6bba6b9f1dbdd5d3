import { Problem } from '#http/problem.ts';
import { backoff } from '#table/backoff.ts';

/** Times a change is tried when others came between reading and writing; settling moves the tally all the time. */
const tries = 5;

/**
 * Tries a change that reads, decides and writes until nobody came in between.
 *
 * @param attempt gives nothing when its write was refused or hindered
 * @throws Problem `unavailable` (503) when others stay in the way
 */
export async function untilWritten<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < tries; n += 1) {
    if (n > 0) await backoff(n);
    const written = await attempt();
    if (written !== undefined) return written;
  }
  throw new Problem('unavailable', 'Others are changing this article right now.', { headers: { 'retry-after': '1' } });
}
