import type { LambdaFunction } from '../lambda/function.ts';
import type { Outcome } from '../lambda/instance.ts';
import type { EventRecord } from '../streams/record.ts';
import { type Dice, diceOf } from './dice.ts';
import { reorder } from './reorder.ts';

/** How often each fault falls on a batch. They are independent: several may meet. */
const odds = { reordered: 0.3, refused: 0.1, unanswered: 0.1, repeated: 0.1, late: 0.15, killed: 0.05 } as const;
/** When a batch is delivered late once more, and a worker killed after it got one, at most; in milliseconds. */
const longestDelay = 1_500;
const longestWork = 20;

export type Fault = keyof typeof odds;

/** Faults between the stream and its functions, every one of which Lambda may bring too. */
export interface Chaos {
  readonly seed: number;
  readonly counts: Readonly<Record<Fault, number>>;
  /** Mixes a batch before it is delivered, or leaves it as it is. */
  mix(records: readonly EventRecord[]): readonly EventRecord[];
  /** Invokes the function for a batch, more or less. */
  invoke(target: LambdaFunction, event: string): Promise<Outcome>;
  /** Whether a late batch is still to come. */
  pending(): boolean;
  /** Settles when no late batch is left. */
  idle(): Promise<void>;
  /** Lets nothing happen any more. */
  stop(): void;
}

/**
 * "Lambda event source mappings process each event at least once, and duplicate processing of records can occur" ("Using AWS Lambda with
 * Amazon DynamoDB"): batches fail before or after they are processed, come again at once, or late and behind newer ones; items overtake
 * each other; a worker dies over its batch. Requests are left alone. Each fault has dice of its own, so that under the same seed it falls
 * on the same of the batches that it might fall on, counted as they come; what is in them depends on who comes first.
 */
export function startChaos(seed: number): Chaos {
  const dice = diceOf(seed);
  const counts = { reordered: 0, refused: 0, unanswered: 0, repeated: 0, late: 0, killed: 0 };
  const diceOfFaults = Object.fromEntries(Object.keys(odds).map((fault) => [fault, diceOf(dice.below(2 ** 31))])) as Record<Fault, Dice>;
  const late = new Map<NodeJS.Timeout, Promise<unknown>>();
  let stopped = false;
  const strikes = (fault: Fault) => {
    const struck = !stopped && diceOfFaults[fault].happens(odds[fault]);
    if (struck) counts[fault] += 1;
    return struck;
  };

  function deliverLate(target: LambdaFunction, event: string): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      void target.invoke(event).finally(() => {
        late.delete(timer);
        resolve();
      });
    }, dice.below(longestDelay));
    late.set(timer, promise);
  }

  return {
    seed,
    counts,
    mix: (records) => (strikes('reordered') ? reorder(records, dice) : records),
    async invoke(target, event) {
      if (strikes('refused')) return failure('refused');
      if (strikes('late')) deliverLate(target, event);
      if (strikes('repeated')) await target.invoke(event);
      const kill = strikes('killed') ? setTimeout(() => target.kill(), dice.below(longestWork)) : undefined;
      const outcome = await target.invoke(event);
      clearTimeout(kill);
      return strikes('unanswered') ? failure('unanswered') : outcome;
    },
    pending: () => late.size > 0,
    async idle() {
      await Promise.all(late.values());
    },
    stop() {
      stopped = true;
      for (const timer of late.keys()) clearTimeout(timer);
      late.clear();
    },
  };
}

const failure = (fault: Fault): Outcome => ({ ok: false, error: { errorType: 'Chaos', errorMessage: fault, trace: [] } });

/** How often each fault has struck, in one line. */
export const describeCounts = (counts: Chaos['counts']): string =>
  Object.entries(counts)
    .map(([fault, count]) => `${count} ${fault}`)
    .join(', ');
