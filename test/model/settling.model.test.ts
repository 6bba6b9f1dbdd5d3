import { expect, inject, it } from 'vitest';
import { many } from '../support/scale.ts';
import { withoutPauses } from './adversary.ts';
import { Ground } from './ground.ts';
import { seldomFound } from './history.ts';
import { playHistory } from './play.ts';
import { playMany } from './play-many.ts';

withoutPauses();
const ground = new Ground(inject('tableShape'));

it('keeps every tally the sum of what was counted, and the truth once nothing is unsettled', { timeout: 600_000 }, async () => {
  expect(await playMany(ground, { runs: many(100) })).toBeUndefined();
});

it('does so in histories that chance seldom finds', async () => {
  for (const history of seldomFound) await playHistory(ground, history);
});
