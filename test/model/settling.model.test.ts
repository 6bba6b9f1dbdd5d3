import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { many } from '../support/scale.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable } from '../support/table.ts';
import { withoutConditions } from './adversary.ts';
import { history, Play, type Step, seldomFound } from './history.ts';
import {
  countedSums,
  expectedPlaces,
  openByComment,
  readWorld,
  recountedDays,
  storedCounts,
  storedDays,
  storedDecisions,
  storedMarks,
  storedPlaces,
  storedSums,
  storedWaits,
  visibleCounts,
} from './truth.ts';

/** Histories played: `MODEL_RUNS` plays more; `MODEL_SEED` plays the same ones again. */
const runs = Number(process.env.MODEL_RUNS ?? many(40));
const seed = process.env.MODEL_SEED === undefined ? {} : { seed: Number(process.env.MODEL_SEED) };

let readStream: ReturnType<typeof streamReader>;
beforeAll(async () => {
  readStream = streamReader(await createTable());
});

/** Plays a history and throws where an invariant does not hold. */
async function play(steps: readonly Step[]): Promise<void> {
  const it = new Play(readStream);
  await it.begin();
  for (const step of steps) {
    await it.take(step);
    if (step.kind === 'deliver' || step.kind === 'next') await tallyIsSumOfCounted();
  }
  await it.finish();
  await everythingIsTrue(it);
  await it.replay();
  await everythingIsTrue(it);
}

async function tallyIsSumOfCounted(): Promise<void> {
  const world = await readWorld();
  expect(storedSums(world)).toEqual(countedSums(world));
}

async function everythingIsTrue({ expected, marks, decisions, waited, erased }: Play): Promise<void> {
  const world = await readWorld();
  expect(world.comments.filter(({ unsettled }) => unsettled)).toEqual([]);
  expect(storedSums(world)).toEqual(countedSums(world));
  expect(storedDays(world)).toEqual(recountedDays(world));
  expect(storedDecisions(world)).toEqual(Object.fromEntries(decisions));
  expect(storedWaits(world)).toEqual([...waited].sort());
  expect(storedMarks(world)).toEqual(Object.fromEntries(marks));
  expect(storedPlaces(world)).toEqual(expectedPlaces(expected, openByComment(world)));
  expect(storedCounts(world)).toEqual(visibleCounts(world));
  const kept = JSON.stringify(world.items);
  for (const member of erased) expect(kept).not.toContain(member);
}

describe('settling', () => {
  it('keeps every tally the sum of what was counted, and the truth once nothing is unsettled', { timeout: 600_000 }, async () => {
    await fc.assert(fc.asyncProperty(history, play), {
      ...{ numRuns: runs, ...seed, endOnFailure: false },
      examples: seldomFound.map((steps): [Step[]] => [steps]),
    });
  });

  it('would not without its conditions', async () => {
    const property = fc.asyncProperty(history, (steps) => withoutConditions(() => play(steps)));
    const outcome = await fc.check(property, { numRuns: 20, seed: 1, endOnFailure: true });
    expect(outcome.failed).toBe(true);
    expect(outcome.numRuns).toBeLessThanOrEqual(3);
  });
});
