import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../problem.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Batch, type LaneRules, Lanes } from './lanes.ts';
import { Progress } from './progress.ts';
import type { EventRecord } from './record.ts';
import type { ShardReader } from './shard-reader.ts';

/** "Lambda polls shards in your DynamoDB stream for records at a base rate of 4 times per second." In milliseconds. */
const pollingInterval = 250;
/** While somebody waits to hear that all is done, the stream is asked this often. */
const impatientInterval = 5;
/** Records waiting in lanes beyond which a shard is not read further: a few pages. */
const highWater = 5000;
const longestPause = 5000;
/** Times that reading may fail before it is said. */
const patience = 3;

export interface ShardOptions {
  readonly shardId: string;
  readonly reader: ShardReader;
  readonly after: string | undefined;
  readonly rules: LaneRules;
  readonly checkpoint: Checkpoint;
  readonly matches: (record: EventRecord) => boolean;
  /** Processes a batch, acknowledging its records as they are done with. */
  deliver(records: readonly EventRecord[], acknowledge: (records: readonly EventRecord[]) => void): Promise<void>;
  readonly signal: AbortSignal;
  readonly onProblem: (line: string) => void;
}

export interface Shard {
  /** Settles when the shard is closed and done with, or when the pump stops and its batches under way have come to a rest. */
  readonly finished: Promise<void>;
  /** Settles once the stream was asked, had nothing new, and no record was waiting or under way then. */
  idle(): Promise<void>;
  /** How many times something was read or finished, to tell whether anything happened meanwhile. */
  activity(): number;
  /** Whether it could not be read the last few times: the stream may no longer have it. */
  failing(): boolean;
}

/** Takes the records of one shard through the filter into lanes, and from there into batches. */
export function startShard(options: ShardOptions): Shard {
  const { shardId, reader, rules, checkpoint, signal, onProblem } = options;
  const lanes = new Lanes(rules);
  const progress = new Progress(options.after);
  const underWay = new Set<Promise<void>>();
  let waiters: { readonly since: number; readonly resolve: () => void }[] = [];
  let reads = 0;
  let activity = 0;
  let failures = 0;
  let wake = new AbortController();
  let windowTimer: NodeJS.Timeout | undefined;

  function acknowledge(records: readonly EventRecord[]): void {
    for (const record of records) progress.finish(record.dynamodb.SequenceNumber);
    if (progress.position !== undefined) checkpoint.advance(shardId, { after: progress.position });
  }

  function dispatch(): void {
    for (let batch = lanes.take(Date.now()); batch !== undefined && !signal.aborted; batch = lanes.take(Date.now())) {
      const run = process(batch);
      underWay.add(run);
      void run.finally(() => underWay.delete(run));
    }
    clearTimeout(windowTimer);
    const due = lanes.nextDue();
    if (due !== undefined && !signal.aborted) windowTimer = setTimeout(dispatch, Math.max(1, due - Date.now()));
  }

  async function process(batch: Batch): Promise<void> {
    try {
      await options.deliver(batch.records, acknowledge);
    } catch (error) {
      onProblem(`A batch of ${shardId} was left: ${messageOf(error)}`);
    }
    if (signal.aborted) return;
    lanes.release(batch);
    activity += 1;
    dispatch();
    if (waiters.length > 0) wake.abort();
  }

  /** Reads one page. @returns whether the next should be read at once, after a pause, or not at all */
  async function read(): Promise<'at once' | 'later' | 'never'> {
    const wasIdle = lanes.idle;
    reads += 1;
    const begun = reads;
    const page = await reader.next();
    for (const record of page.records) admit(record);
    if (page.records.length > 0) {
      activity += 1;
      if (progress.complete) acknowledge([]);
      dispatch();
    } else if (wasIdle && lanes.idle) {
      for (const waiter of waiters) if (waiter.since < begun) waiter.resolve();
      waiters = waiters.filter((waiter) => waiter.since >= begun);
    }
    if (page.last) return 'never';
    return page.full && lanes.waiting < highWater ? 'at once' : 'later';
  }

  function admit(record: EventRecord): void {
    progress.begin(record.dynamodb.SequenceNumber);
    if (options.matches(record)) lanes.add(record, Date.now());
    else progress.finish(record.dynamodb.SequenceNumber);
  }

  async function pause(milliseconds: number): Promise<void> {
    wake = new AbortController();
    await delay(milliseconds, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => undefined);
  }

  async function run(): Promise<void> {
    for (let next: 'at once' | 'later' | 'never' = 'at once'; next !== 'never' && !signal.aborted; ) {
      try {
        next = lanes.waiting < highWater ? await read() : 'later';
        failures = 0;
      } catch (error) {
        if (failures === patience) onProblem(`The stream cannot be read: ${messageOf(error)}`);
        failures += 1;
        next = 'later';
      }
      const interval = waiters.length > 0 ? impatientInterval : pollingInterval;
      if (next === 'later') await pause(failures === 0 ? interval : Math.min(longestPause, pollingInterval * 2 ** failures));
    }
    while (underWay.size > 0 || (!signal.aborted && !lanes.idle))
      await (underWay.size > 0 ? Promise.race(underWay) : delay(impatientInterval));
    clearTimeout(windowTimer);
    for (const waiter of waiters) waiter.resolve();
    waiters = [];
    if (!signal.aborted) checkpoint.advance(shardId, { ended: true });
  }

  const finished = run();
  let over = false;
  void finished.then(() => {
    over = true;
  });
  return {
    finished,
    idle() {
      if (over) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push({ since: reads, resolve });
        wake.abort();
      });
    },
    activity: () => activity,
    failing: () => failures > patience,
  };
}
