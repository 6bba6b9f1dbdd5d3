import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Batch, Lanes } from '../../local/streams/lanes.ts';
import { numbers, record } from './support/records.ts';

function lanesWith(count: number, rules: Partial<ConstructorParameters<typeof Lanes>[0]> = {}, item?: (n: number) => string) {
  const lanes = new Lanes({ parallelizationFactor: 4, batchSize: 10, windowMilliseconds: 0, ...rules });
  for (let n = 1; n <= count; n += 1) lanes.add(record(n, item?.(n)), 0);
  return lanes;
}

describe('lanes', () => {
  test('put few records of many items into one batch, in the order of the stream', () => {
    const lanes = lanesWith(8);
    expect(numbers(lanes.take(0)?.records ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(lanes.take(0)).toBeUndefined();
  });

  test('never hold two batches of one item at once', () => {
    const lanes = lanesWith(15, {}, () => 'same');
    const first = lanes.take(0)!;
    expect(numbers(first.records)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(lanes.take(0)).toBeUndefined();
    lanes.release(first);
    expect(numbers(lanes.take(0)!.records)).toEqual([11, 12, 13, 14, 15]);
  });

  test('wait for the batching window unless a batch is full', () => {
    const waiting = lanesWith(3, { windowMilliseconds: 500 });
    expect(waiting.take(499)).toBeUndefined();
    expect(waiting.nextDue()).toBe(500);
    expect(waiting.take(500)?.records).toHaveLength(3);

    expect(lanesWith(10, { windowMilliseconds: 500, parallelizationFactor: 1 }).take(0)?.records).toHaveLength(10);
  });

  test('keep a batch below what one invocation can carry', () => {
    const lanes = new Lanes({ parallelizationFactor: 1, batchSize: 100, windowMilliseconds: 0 });
    for (let n = 1; n <= 10; n += 1) {
      const large = record(n);
      lanes.add({ ...large, dynamodb: { ...large.dynamodb, SizeBytes: 700_000 } }, 0);
    }
    const batch = lanes.take(0)!;
    expect(numbers(batch.records)).toEqual([1, 2, 3, 4]);
    lanes.release(batch);
    expect(numbers(lanes.take(0)!.records)).toEqual([5, 6, 7, 8]);
  });

  test('do not wait for the batching window once a batch is as large as one invocation can carry', () => {
    const lanes = new Lanes({ parallelizationFactor: 1, batchSize: 100, windowMilliseconds: 500 });
    const large = (n: number) => ({ ...record(n), dynamodb: { ...record(n).dynamodb, SizeBytes: 1_300_000 } });
    lanes.add(large(1), 0);
    lanes.add(large(2), 0);
    expect(lanes.take(0)).toBeUndefined();
    lanes.add(large(3), 0);
    expect(numbers(lanes.take(0)?.records ?? [])).toEqual([1, 2]);
  });

  test('deliver every record once and each item in order, whatever comes when and finishes when', () => {
    const step = fc.oneof(fc.record({ add: fc.integer({ min: 0, max: 6 }) }), fc.constant('take'), fc.record({ release: fc.nat(3) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 5 }), (steps, parallelizationFactor) => {
        const lanes = new Lanes({ parallelizationFactor, batchSize: 3, windowMilliseconds: 0 });
        const underWay: Batch[] = [];
        const delivered: { item: string; n: number }[] = [];
        const take = () => {
          const batch = lanes.take(0);
          if (batch === undefined) return;
          underWay.push(batch);
          expect(underWay.length).toBeLessThanOrEqual(parallelizationFactor);
        };
        const release = (index: number) => {
          const [batch] = underWay.splice(index % Math.max(1, underWay.length), 1);
          if (batch === undefined) return;
          for (const { dynamodb } of batch.records)
            delivered.push({ item: JSON.stringify(dynamodb.Keys), n: Number(dynamodb.SequenceNumber) });
          lanes.release(batch);
        };
        let last = 0;
        for (const each of steps) {
          if (each === 'take') take();
          else if ('release' in each) release(each.release);
          else lanes.add(record(++last, `item-${each.add}`), 0);
        }
        while (!lanes.idle) {
          take();
          release(0);
        }
        expect(delivered.map(({ n }) => n).sort((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
        for (const [index, { item, n }] of delivered.entries()) {
          expect(delivered.slice(index + 1).some((later) => later.item === item && later.n < n)).toBe(false);
        }
      }),
    );
  });
});
