import fc from 'fast-check';
import type { Ground } from './ground.ts';
import { describe, type History, history } from './history.ts';
import { playHistory } from './play.ts';

/** A history in which an invariant does not hold, as short as it could be made. */
export interface CounterExample {
  /** Plays it again, among so many. */
  seed: number;
  /** How many were played until it was found. */
  runs: number;
  /** The history in lines, and what did not hold. */
  text: string;
}

/** Plays random histories on a ground, the same ones for the same seed; before them, `first`. */
export async function playMany(
  ground: Ground,
  { runs, seed, asFound = false, first = [] }: { runs: number; seed?: number; asFound?: boolean; first?: readonly History[] },
): Promise<CounterExample | undefined> {
  const property = fc.asyncProperty(history, (each) => playHistory(ground, each));
  const outcome = await fc.check(property, {
    numRuns: runs + first.length,
    endOnFailure: asFound,
    examples: first.map((each) => [each] as [History]),
    ...(seed !== undefined && { seed }),
  });
  const [found] = outcome.counterexample ?? [];
  if (found === undefined) {
    await ground.check();
    return undefined;
  }
  const { errorInstance: error } = outcome;
  return {
    seed: outcome.seed,
    runs: outcome.numRuns,
    text: `${describe(found)}\n\n${error instanceof Error ? error.stack : String(error)}`,
  };
}
