import { afterAll, expect, inject, it } from 'vitest';
import { many } from '../support/scale.ts';
import { withoutPauses } from './adversary.ts';
import { Ground } from './ground.ts';
import { seldomFound } from './history.ts';
import { playMany } from './play-many.ts';

afterAll(withoutPauses());

it('keeps every tally the sum of what was counted, and the truth once nothing is unsettled', { timeout: 600_000 }, async () => {
  const found = await playMany(new Ground(inject('tableShape')), { runs: many(60), first: seldomFound });
  expect(found?.text).toBeUndefined();
});
