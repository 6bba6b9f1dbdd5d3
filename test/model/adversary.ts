import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { table } from '#table/client.ts';

/** What goes wrong with the calls to the store during one delivery or one request; `at` counts its calls from 1. */
export type Fault<Step = never> =
  | { kind: 'none' }
  /** The process dies before call number `at` is sent: that call and all later ones never happen. */
  | { kind: 'crash-before'; at: number }
  /** The process dies when call number `at` was carried out: its answer and all later calls never happen. */
  | { kind: 'crash-after'; at: number }
  /** From call number `at` on, so many transactions are hindered by others; so many calls are refused for want of capacity. */
  | { kind: 'conflict' | 'throttle'; at: number; times: number }
  /** Call number `at` is carried out, but its answer is lost: the SDK asks again, and after three of them gives up. */
  | { kind: 'lost'; at: number; times: number }
  /** Somebody else does something just before call number `at` is sent. */
  | { kind: 'meanwhile'; at: number; step: Step };

/** The process is gone; nothing it does reaches the store any more. */
export class Crash extends Error {}

/** One delivery or request, as far as it has come. */
interface Life {
  fault: Fault<unknown>;
  meanwhile: () => Promise<void>;
  calls: number;
  refused: number;
  dead: boolean;
}

const lives = new AsyncLocalStorage<Life>();
/** Of the call under way: how many of its answers are still to be lost. */
const losses = new AsyncLocalStorage<{ left: number }>();
const healthy: Life = { fault: { kind: 'none' }, meanwhile: async () => undefined, calls: 0, refused: 0, dead: false };

/** Between the code and the SDK: faults as ordered. */
table.middlewareStack.add(
  (next, context) => async (args) => {
    const life = lives.getStore() ?? healthy;
    const { fault } = life;
    if (life.dead) throw new Crash();
    if (fault.kind === 'none') return next(args);
    life.calls += 1;
    const here = fault.at === life.calls;
    if (here && fault.kind === 'crash-before') die(life);
    if (here && fault.kind === 'meanwhile') await lives.run(healthy, life.meanwhile);
    if ((fault.kind === 'conflict' || fault.kind === 'throttle') && life.calls >= fault.at && life.refused < fault.times) {
      const ofTransaction = context.commandName === 'TransactWriteItemsCommand';
      if (ofTransaction || fault.kind === 'throttle') {
        life.refused += 1;
        throw refusal(fault.kind, ofTransaction);
      }
    }
    const answer = here && fault.kind === 'lost' ? await losses.run({ left: fault.times }, () => next(args)) : await next(args);
    if (here && fault.kind === 'crash-after') die(life);
    return answer;
  },
  { step: 'initialize', name: 'adversary' },
);

/** Between the SDK's tries and the network: loses answers to what was carried out. */
table.middlewareStack.add(
  (next) => async (args) => {
    const answer = await next(args);
    const loss = losses.getStore();
    if (loss === undefined || loss.left === 0) return answer;
    loss.left -= 1;
    throw Object.assign(new Error('the answer was lost'), { name: 'TimeoutError' });
  },
  { step: 'finalizeRequest', priority: 'low', name: 'loss' },
);

function die(life: Life): never {
  life.dead = true;
  throw new Crash();
}

function refusal(kind: 'conflict' | 'throttle', ofTransaction: boolean): Error {
  if (!ofTransaction) return Object.assign(new Error('too much is asked'), { name: 'ThrottlingException' });
  const Code = kind === 'conflict' ? 'TransactionConflict' : 'ThrottlingError';
  return new TransactionCanceledException({ message: Code, $metadata: {}, CancellationReasons: [{ Code }] });
}

/** Does something under a fault; tells whether the process survived it. */
export async function underFault(
  fault: Fault<unknown>,
  work: () => Promise<void>,
  meanwhile: () => Promise<void> = healthy.meanwhile,
): Promise<boolean> {
  const life: Life = { fault, meanwhile, calls: 0, refused: 0, dead: false };
  try {
    await lives.run(life, work);
    return !life.dead;
  } catch (error) {
    if (!life.dead) throw error;
    return false;
  }
}

/**
 * Lets no pause of this process take any time, neither before another try nor for an index: what comes in between is the adversary's own
 * choice.
 * @returns what lets them take their time again
 */
export function withoutPauses(): () => void {
  const { random } = Math;
  const { setTimeout } = timers;
  replacePauses((async (_: number, value: unknown) => value) as typeof setTimeout, () => 0);
  return () => replacePauses(setTimeout, random);
}

function replacePauses(pause: typeof timers.setTimeout, random: typeof Math.random): void {
  timers.setTimeout = pause;
  syncBuiltinESMExports();
  Math.random = random;
}
