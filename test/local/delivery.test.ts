import { describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../local/lambda/instance.ts';
import { type DeliveryTarget, type Discarded, deliver } from '../../local/streams/delivery.ts';
import { failureMessage } from '../../local/streams/failure-message.ts';
import type { EventRecord } from '../../local/streams/record.ts';
import { numbers, record } from './support/records.ts';

const error: Outcome = { ok: false, error: { errorType: 'Error', errorMessage: 'no', trace: [] } };
const returns = (value: unknown): Outcome => ({ ok: true, payload: JSON.stringify(value) });
const failedAt = (...identifiers: unknown[]) => returns({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });
const records = (count: number) => Array.from({ length: count }, (_, index) => record(index + 1));

/** Runs a batch through a function that answers as told, and notes what happened. */
async function run(
  batch: readonly EventRecord[],
  plan: Partial<DeliveryTarget['plan']>,
  answer: (numbers: number[], call: number) => Outcome,
  since = 0,
  keeping: () => Error | undefined = () => undefined,
) {
  const calls: number[][] = [];
  const acknowledged: number[] = [];
  const discarded: Discarded[] = [];
  const waits: number[] = [];
  const problems: string[] = [];
  await deliver(batch, {
    plan: { bisect: false, maximumRetries: 2, maximumAgeMilliseconds: Infinity, reportsItemFailures: true, ...plan },
    since,
    async invoke(event) {
      calls.push(numbers(JSON.parse(event).Records));
      return answer(calls.at(-1)!, calls.length);
    },
    acknowledge: (done) => acknowledged.push(...numbers(done)),
    discard: async (given) => {
      const failure = keeping();
      if (failure !== undefined) throw failure;
      discarded.push(given);
    },
    onProblem: (line) => problems.push(line),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
    stopping: () => calls.length > 50,
  });
  return { calls, acknowledged, discarded, waits, problems };
}

describe('a batch', () => {
  test('that succeeds is acknowledged as a whole', async () => {
    const { calls, acknowledged } = await run(records(3), {}, () => failedAt());
    expect(calls).toEqual([[1, 2, 3]]);
    expect(acknowledged).toEqual([1, 2, 3]);
  });

  test('with reported failures comes again from the lowest of them', async () => {
    const { calls, acknowledged } = await run(records(4), {}, (_, call) => (call === 1 ? failedAt('4', '3') : failedAt()));
    expect(calls).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
    expect(acknowledged).toEqual([1, 2, 3, 4]);
  });

  test.each([
    ['null', returns(null)],
    ['an empty object', returns({})],
    ['no list', returns({ batchItemFailures: null })],
  ])('answered with %s has succeeded', async (_, answer) => {
    expect((await run(records(2), {}, () => answer)).acknowledged).toEqual([1, 2]);
  });

  test.each([
    ['an empty identifier', failedAt('')],
    ['no identifier', failedAt(null)],
    ['an identifier under another name', returns({ batchItemFailures: [{ id: '1' }] })],
    ['an unknown identifier', failedAt('99')],
    ['something else', returns('done')],
  ])('answered with %s has failed as a whole', async (_, answer) => {
    const { calls } = await run(records(2), {}, (_numbers, call) => (call === 1 ? answer : failedAt()));
    expect(calls).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('is retried as often as it may be, ever later, and then given up with its place in the stream', async () => {
    const { calls, discarded, acknowledged, waits } = await run(records(2), {}, () => error);
    expect(calls).toHaveLength(3);
    expect(waits).toEqual([200, 400]);
    expect(acknowledged).toEqual([1, 2]);
    expect(discarded).toMatchObject([{ condition: 'RetryAttemptsExhausted', invocations: 3, functionError: true }]);

    const place = { functionArn: 'arn:function', streamArn: 'arn:stream', shardId: 'shard-1' };
    expect(failureMessage(discarded[0]!, place)).toMatchObject({
      version: '1.0',
      requestContext: { functionArn: 'arn:function', condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      DDBStreamBatchInfo: { shardId: 'shard-1', streamArn: 'arn:stream', startSequenceNumber: '1', endSequenceNumber: '2', batchSize: 2 },
    });
  });

  test('that is given up is acknowledged once that is written down, however often it takes', async () => {
    const failures = [new Error('no space left'), new Error('still none')];
    const { discarded, acknowledged, waits, problems } = await run(
      records(2),
      { maximumRetries: 0 },
      () => error,
      0,
      () => failures.shift(),
    );
    expect(discarded).toHaveLength(1);
    expect(acknowledged).toEqual([1, 2]);
    expect(waits).toEqual([200, 400]);
    expect(problems).toEqual([expect.stringContaining('no space left'), expect.stringContaining('still none')]);
  });

  test('is halved on error until the bad record is alone, and only that one is given up', async () => {
    const { calls, discarded, acknowledged } = await run(records(4), { bisect: true }, (seen) => (seen.includes(3) ? error : failedAt()));
    expect(calls).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [3], [4]]);
    expect(discarded.map((each) => numbers(each.records))).toEqual([[3]]);
    expect(acknowledged).toEqual([1, 2, 3, 4]);
  });

  test('is cut at the reported record, without using up a retry, when errors bisect', async () => {
    const { calls, discarded } = await run(records(4), { bisect: true, maximumRetries: 0 }, (seen) =>
      seen.includes(3) ? failedAt('3') : failedAt(),
    );
    expect(calls).toEqual([[1, 2, 3, 4], [3, 4], [3], [4]]);
    expect(discarded).toMatchObject([{ functionError: false }]);
    expect(numbers(discarded[0]!.records)).toEqual([3]);
  });

  test('loses the records that have become too old, before the function sees them', async () => {
    const old = [record(1, 'a', Date.now() - 60_000), record(2, 'b', Date.now() - 60_000), record(3)];
    const { calls, discarded, acknowledged } = await run(old, { maximumAgeMilliseconds: 30_000 }, () => failedAt());
    expect(calls).toEqual([[3]]);
    expect(discarded).toMatchObject([{ condition: 'RecordAgeExceeded', invocations: 0 }]);
    expect(acknowledged).toEqual([1, 2, 3]);
  });

  test('loses none for its age while all were waiting for the runtime to start', async () => {
    const old = [record(1, 'a', Date.now() - 60_000), record(2)];
    const started = Date.now() - 20_000;
    const { calls, discarded } = await run(old, { maximumAgeMilliseconds: 30_000 }, () => failedAt(), started);
    expect(calls).toEqual([[1, 2]]);
    expect(discarded).toEqual([]);
  });

  test('is left at once when the stop of everything ends its call, as if it had not been made', async () => {
    let stopping = false;
    const discarded: Discarded[] = [];
    const acknowledged: number[] = [];
    await deliver(records(2), {
      plan: { bisect: false, maximumRetries: 0, maximumAgeMilliseconds: Infinity, reportsItemFailures: true },
      since: 0,
      async invoke() {
        stopping = true;
        return error;
      },
      acknowledge: (done) => acknowledged.push(...numbers(done)),
      discard: async (given) => void discarded.push(given),
      onProblem: () => undefined,
      wait: async () => undefined,
      stopping: () => stopping,
    });
    expect({ acknowledged, discarded }).toEqual({ acknowledged: [], discarded: [] });
  });

  test('that reports failures nobody asked for has succeeded', async () => {
    const { calls, acknowledged } = await run(records(2), { reportsItemFailures: false }, () => failedAt('1'));
    expect(calls).toHaveLength(1);
    expect(acknowledged).toEqual([1, 2]);
  });

  test('counts its retries anew after every progress, and is given up from where it stays', async () => {
    const failing = [2, 2, 3, 3, 3];
    const { calls, discarded } = await run(records(4), { maximumRetries: 2 }, (_, call) => failedAt(String(failing[call - 1])));
    expect(calls).toEqual([
      [1, 2, 3, 4],
      [2, 3, 4],
      [2, 3, 4],
      [3, 4],
      [3, 4],
    ]);
    expect(discarded.map((each) => numbers(each.records))).toEqual([[3, 4]]);
  });

  test('that grows too old between two tries is given up with how often it was tried', async () => {
    const old = [record(1, 'a', Date.now() - 29_000)];
    let passed = 0;
    vi.useFakeTimers();
    try {
      const { discarded } = await run(old, { maximumAgeMilliseconds: 30_000, maximumRetries: Infinity }, () => {
        passed += 1;
        vi.advanceTimersByTime(1_000);
        return error;
      });
      expect(discarded).toMatchObject([{ condition: 'RecordAgeExceeded', invocations: passed, functionError: true }]);
      expect(passed).toBeGreaterThan(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is left as it is when everything stops', async () => {
    const { acknowledged, discarded } = await run(records(2), { maximumRetries: Infinity }, () => error);
    expect(acknowledged).toEqual([]);
    expect(discarded).toEqual([]);
  });
});
