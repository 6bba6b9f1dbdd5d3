import { setTimeout } from 'node:timers/promises';
import { Stopped } from './failure.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds; throws {@link Stopped} as soon as the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const clock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) =>
    setTimeout(milliseconds, undefined, { signal }).catch((cause: unknown) => {
      throw new Stopped('stopped', { cause });
    }),
};
