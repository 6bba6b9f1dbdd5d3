import { compileFilter } from '../../local/streams/filter/pattern.ts';
import { deliverAll } from './deliver-all.ts';
import { failureOf } from './failure.ts';
import { isHint } from './hint.ts';
import type { Message, Place } from './place.ts';
import type { Resumption } from './resumption.ts';
import { type Hinted, walkTable } from './walk.ts';

export interface ReplayOptions {
  readonly place: Place;
  /** Whether to look only: nothing is invoked and nothing removed. */
  readonly dryRun: boolean;
  /** Whether to remove messages of records that are gone and cannot be made up for. */
  readonly dropLost: boolean;
  /** Where an earlier run was in the table. */
  readonly resume: Resumption | undefined;
  /** Aborted to stop after the page or message in hand. */
  readonly signal: AbortSignal;
  /** Waits between two tries; returns early when it is to stop. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

export interface ReplayReport {
  readonly messages: number;
  readonly removed: number;
  /** Records that the stream still had, and those of them that were processed. */
  readonly records: number;
  readonly processed: number;
  /** Messages of records that the stream no longer has: made up for by the table, or lost. */
  readonly aged: number;
  readonly lost: number;
  /** Of the walk through the table, if there was one. */
  readonly items: number;
  readonly woken: number;
  /** Records and items that could not be processed now either. */
  readonly left: number;
  /** Where to go on, if the walk was stopped. */
  readonly resumption: Resumption | undefined;
}

interface Aged extends Hinted {
  readonly message: Message;
}

/**
 * Has what a failure queue tells of processed again. The message names records and does not hold them: they are read from the stream,
 * where they are for a day. For those that are gone, the stream was a hint only: a function that is woken for what an item is gets every
 * item of the table for which it would be woken now. A message is removed once all that it tells of is processed, so that a second run,
 * or one that is cut short, does no harm.
 * @throws Problem if the queue tells of several tables
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { place, dryRun, dropLost, resume, signal, say } = options;
  const report = { messages: 0, removed: 0, records: 0, processed: 0, aged: 0, lost: 0, items: 0, woken: 0, left: 0 };
  const inHand = new Set<Message>();
  const aged: Aged[] = [];
  const remove = async (message: Message) => {
    await message.remove();
    inHand.delete(message);
    report.removed += 1;
  };

  /** Replays one message from the stream. @returns whether all that it tells of is processed */
  async function fromStream(message: Message): Promise<boolean> {
    const failure = failureOf(message.body);
    const waking = failure && (await place.waking(failure));
    if (failure === undefined || waking === undefined) {
      const what = failure ? `${failure.functionName} (not woken by ${failure.tableName} any more)` : 'something else than a function';
      say(`A message of ${what} is left where it is.`);
      report.left += failure?.size ?? 1;
      return false;
    }
    const { functionName, shardId, from, to } = failure;
    const { records, whole } = await place.range(failure);
    const matching = records.filter(compileFilter(waking.patterns));
    say(`${functionName}: ${matching.length} records of ${shardId} (${from} to ${to})${whole ? '' : ', others are gone from the stream'}`);
    const left = dryRun ? 0 : await deliverAll(options, failure, waking, matching);
    report.records += matching.length;
    report.processed += dryRun ? 0 : matching.length - left;
    report.left += left;
    if (whole) return left === 0;
    report.aged += 1;
    if (isHint(waking.patterns)) {
      aged.push({ message, failure, waking });
      return false;
    }
    report.lost += 1;
    say(`${functionName} is told of changes, and what the stream no longer has cannot be told again.`);
    return dropLost && left === 0;
  }

  /** Replays what the stream no longer has from the table. */
  async function fromTable([first, ...others]: readonly Aged[]): Promise<Resumption | undefined> {
    if (first === undefined || dryRun || signal.aborted) return resume;
    const start = resume ?? { begun: new Date().toISOString(), after: undefined, left: 0 };
    const { items, woken, left, resumption } = await walkTable(options, [first, ...others], start);
    Object.assign(report, { items, woken, left: report.left + left });
    if (resumption !== undefined || left > 0) return resumption;
    // What failed after the walk had begun may have failed behind it.
    for (const { message, failure } of aged) if (failure.at.toISOString() <= start.begun) await remove(message);
    return undefined;
  }

  try {
    for await (const message of place.messages()) {
      inHand.add(message);
      report.messages += 1;
      if (!signal.aborted && (await fromStream(message)) && !dryRun) await remove(message);
    }
    const resumption = await fromTable(aged);
    return { ...report, resumption };
  } finally {
    for (const message of inHand) await message.giveBack();
  }
}
