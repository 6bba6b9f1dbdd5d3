import { type EventRecord, itemKey } from './record.ts';

/** Lambda's limit for one invocation ("Lambda quotas": 6 MB), in bytes, less room for the envelope. */
const largestBatch = 6_000_000;

/** A batch on its way to the function. Its lanes are closed until it is released. */
export interface Batch {
  readonly records: readonly EventRecord[];
  readonly lanes: readonly Lane[];
}

interface Waiting {
  readonly record: EventRecord;
  /** Position in the stream, as it was read. */
  readonly order: number;
  /** When it was read, in milliseconds. */
  readonly since: number;
  /** In bytes, about. */
  readonly size: number;
}

interface Lane {
  readonly waiting: Waiting[];
  busy: boolean;
}

export interface LaneRules {
  /** How many lanes, and so how many batches of one shard at once at most. */
  readonly parallelizationFactor: number;
  readonly batchSize: number;
  readonly windowMilliseconds: number;
}

/**
 * The records of one shard on their way into batches. An item's records always share a lane, and a lane has one batch under way at most:
 * so they are processed in order, whatever the number of lanes ("Parallelization factor": "in-order processing at the item level").
 * Lanes with few records share a batch: Lambda promises "up to" that many batches, and one full one costs less than ten of a record each.
 */
export class Lanes {
  readonly #lanes: readonly Lane[];
  readonly #rules: LaneRules;
  #order = 0;

  constructor(rules: LaneRules) {
    this.#rules = rules;
    this.#lanes = Array.from({ length: rules.parallelizationFactor }, () => ({ waiting: [], busy: false }));
  }

  add(record: EventRecord, now: number): void {
    const lane = this.#lanes[hash(itemKey(record)) % this.#lanes.length];
    // Images measured by the engine; in JSON they take a little more.
    lane?.waiting.push({ record, order: this.#order, since: now, size: record.dynamodb.SizeBytes * 2 + 500 });
    this.#order += 1;
  }

  /**
   * The next batch that may go now: "until it has gathered a full batch, the batching window expires, or the batch reaches the payload
   * limit of 6 MB" ("Polling and batching streams", AWS Lambda Developer Guide).
   */
  take(now: number): Batch | undefined {
    const { batchSize, windowMilliseconds } = this.#rules;
    const free = this.#lanes.filter((lane) => !lane.busy && lane.waiting.length > 0);
    const lanes = fill(free.sort(byFirst), batchSize);
    const gathered = lanes.flatMap((lane) => lane.waiting.slice(0, batchSize)).sort((a, b) => a.order - b.order);
    const chosen = withinSize(gathered);
    const [first] = chosen;
    const full = chosen.length >= batchSize || chosen.length < gathered.length;
    if (first === undefined || !(full || now - first.since >= windowMilliseconds)) return undefined;
    const taken = new Set(chosen);
    for (const lane of lanes) {
      const count = lane.waiting.filter((each) => taken.has(each)).length;
      lane.waiting.splice(0, count);
      lane.busy = count > 0;
    }
    return { records: chosen.map(({ record }) => record), lanes: lanes.filter((lane) => lane.busy) };
  }

  /** Opens the lanes of a batch that is done with. */
  release(batch: Batch): void {
    for (const lane of batch.lanes) lane.busy = false;
  }

  /** When the oldest record that waits in an open lane is due, in milliseconds; `undefined` if none waits. */
  nextDue(): number | undefined {
    const firsts = this.#lanes.flatMap((lane) => (lane.busy ? [] : lane.waiting.slice(0, 1)));
    return firsts.length === 0 ? undefined : Math.min(...firsts.map(({ since }) => since)) + this.#rules.windowMilliseconds;
  }

  /** How many records wait for a batch. */
  get waiting(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.waiting.length, 0);
  }

  /** Whether there is nothing to do and nothing under way. */
  get idle(): boolean {
    return this.#lanes.every((lane) => !lane.busy && lane.waiting.length === 0);
  }
}

/** As many whole lanes as one batch holds; a lane with more than a batch goes alone. */
function fill(lanes: readonly Lane[], batchSize: number): Lane[] {
  const chosen: Lane[] = [];
  let count = 0;
  for (const lane of lanes) {
    if (chosen.length > 0 && count + lane.waiting.length > batchSize) continue;
    chosen.push(lane);
    count += lane.waiting.length;
  }
  return chosen;
}

function withinSize(waiting: readonly Waiting[]): readonly Waiting[] {
  let size = 0;
  const tooMany = waiting.findIndex((each) => {
    size += each.size;
    return size > largestBatch;
  });
  return tooMany === -1 ? waiting : waiting.slice(0, Math.max(1, tooMany));
}

function byFirst(a: Lane, b: Lane): number {
  return (a.waiting[0]?.order ?? 0) - (b.waiting[0]?.order ?? 0);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
