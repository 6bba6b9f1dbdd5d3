import { setTimeout } from 'node:timers/promises';

const base = 25;
const ceiling = 1_000;

/**
 * Waits before try number `attempt` (1 is the first repetition): a random time below an exponentially growing bound,
 * in milliseconds ("full jitter", AWS Architecture Blog, Exponential Backoff And Jitter).
 */
export async function backoff(attempt: number): Promise<void> {
  await setTimeout(Math.random() * Math.min(ceiling, base * 2 ** attempt));
}
