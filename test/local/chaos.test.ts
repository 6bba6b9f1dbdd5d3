import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { startChaos } from '../../local/chaos/chaos.ts';
import { diceOf } from '../../local/chaos/dice.ts';
import { reorder } from '../../local/chaos/reorder.ts';
import type { LambdaFunction } from '../../local/lambda/function.ts';
import { itemKey } from '../../local/streams/record.ts';
import { numbers, record } from './support/records.ts';

test('items overtake each other, and the records of each keep their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 40 }), fc.integer(), (items, seed) => {
      const records = items.map((item, index) => record(index, `item-${item}`));
      const mixed = reorder(records, diceOf(seed));
      expect(numbers(mixed).toSorted((a, b) => a - b)).toEqual(numbers(records));
      for (const ofItem of Object.values(Object.groupBy(mixed, itemKey))) {
        expect(numbers(ofItem!)).toEqual(numbers(ofItem!).toSorted((a, b) => a - b));
      }
    }),
  );
  const records = Array.from({ length: 20 }, (_, index) => record(index));
  expect(numbers(reorder(records, diceOf(1)))).not.toEqual(numbers(records));
});

/** Invokes a function that always succeeds, so often; gives what the mapping was told, and what the function saw. */
async function struck(seed: number, times: number, { mixed = 0 } = {}) {
  const chaos = startChaos(seed);
  for (let time = 0; time < mixed; time += 1) chaos.mix([record(1), record(2)]);
  let invoked = 0;
  const target = {
    async invoke() {
      invoked += 1;
      return { ok: true, payload: 'null' };
    },
    kill: () => undefined,
  } as unknown as LambdaFunction;
  const outcomes: boolean[] = [];
  for (let time = 0; time < times; time += 1) outcomes.push((await chaos.invoke(target, '{}')).ok);
  await chaos.idle();
  return { outcomes, invoked, counts: chaos.counts, pending: chaos.pending() };
}

test('every fault strikes, the same ones for the same seed', async () => {
  const first = await struck(7, 300);
  expect(first.pending).toBe(false);
  const { refused, unanswered, repeated, late, killed } = first.counts;
  for (const count of [refused, unanswered, repeated, late, killed]) expect(count).toBeGreaterThan(0);
  expect(first.invoked).toBe(300 - refused + repeated + late);
  expect(first.outcomes.filter((ok) => !ok)).toHaveLength(refused + unanswered);
  expect(await struck(7, 300)).toEqual(first);
  expect((await struck(8, 300)).outcomes).not.toEqual(first.outcomes);
});

test('a fault strikes where it does whatever else strikes, and so as surely on a slow machine', async () => {
  expect((await struck(7, 50, { mixed: 20 })).outcomes).toEqual((await struck(7, 50)).outcomes);
});
