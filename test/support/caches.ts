import { setTimeout } from 'node:timers/promises';

const real = performance.now.bind(performance);
let ahead = 0;
let held: number | undefined;

/**
 * Lets all that a warm function keeps grow stale, as if a moment had passed: pages for as long as `s-maxage` says, the
 * policy and articles for a second.
 */
export async function ageCaches(): Promise<void> {
  ahead += 5_000;
  performance.now = () => (held ?? real()) + ahead;
  // lru-cache goes on with the time that it has read for a millisecond.
  await setTimeout(2);
}

/** Lets nothing that is kept grow stale by itself, so that a figure of a warm function is the same on a busy machine. */
export function holdCaches(): void {
  held = real();
  performance.now = () => (held ?? real()) + ahead;
}
