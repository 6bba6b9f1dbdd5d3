import type { TableShape } from '../support/declared-table.ts';
import { withoutPauses } from './adversary.ts';
import { Ground } from './ground.ts';
import { seldomFound } from './history.ts';
import { type CounterExample, playMany } from './play-many.ts';

/** Some of the histories that are to be played. */
export interface Portion {
  seed: number;
  runs: number;
  /** Whether a counter-example is told as it was found, without being made shorter. */
  asFound: boolean;
}

/** What came of them. */
export interface Played extends Portion {
  found: CounterExample | undefined;
}

/** Plays what the parent process asks for, in the environment that it gives, until it hangs up. */
withoutPauses();
const ground = new Ground(JSON.parse(process.argv[2] ?? '') as TableShape);
let first = seldomFound;
process.on('message', async (portion: Portion) => {
  process.send?.({ ...portion, found: await playMany(ground, { ...portion, first }) } satisfies Played);
  first = [];
});
