import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { table } from '#table/client.ts';

/** What goes wrong with the calls to the store during one delivery. */
export type Fault =
  | { kind: 'none' }
  /** The process dies before call number `at` is sent: that call and all later ones never happen. */
  | { kind: 'crash-before'; at: number }
  /** The process dies when call number `at` was carried out: its answer and all later calls never happen. */
  | { kind: 'crash-after'; at: number }
  /** Call number `at` is hindered by another transaction. */
  | { kind: 'conflict'; at: number };

/** The process is gone; nothing it does reaches the store any more. */
export class Crash extends Error {}

let fault: Fault = { kind: 'none' };
let calls = 0;
let dead = false;
let unconditional = false;

/** Between the SDK and the engine: faults as ordered, and, on demand, settling without its conditions. */
table.middlewareStack.add(
  (next, context) => async (args) => {
    if (dead) throw new Crash();
    calls += 1;
    const here = fault.kind !== 'none' && fault.at === calls;
    if (here && fault.kind === 'crash-before') die();
    if (here && fault.kind === 'conflict' && context.commandName === 'TransactWriteItemsCommand') {
      throw new TransactionCanceledException({
        message: 'conflict',
        $metadata: {},
        CancellationReasons: [{ Code: 'TransactionConflict' }],
      });
    }
    if (unconditional) dropConditions(args.input as Transaction);
    const answer = await next(args);
    if (here && fault.kind === 'crash-after') die();
    return answer;
  },
  { step: 'initialize', name: 'adversary' },
);

function die(): never {
  dead = true;
  throw new Crash();
}

/** Runs one delivery under a fault; tells whether the process survived it. */
export async function underFault(ordered: Fault, deliver: () => Promise<void>): Promise<boolean> {
  fault = ordered;
  calls = 0;
  try {
    await deliver();
    return !dead;
  } catch (error) {
    if (!dead) throw error;
    return false;
  } finally {
    fault = { kind: 'none' };
    dead = false;
  }
}

/** Runs `work` with every condition taken off the transactions: settling as a plain `ADD` would do it. */
export async function withoutConditions<T>(work: () => Promise<T>): Promise<T> {
  unconditional = true;
  try {
    return await work();
  } finally {
    unconditional = false;
  }
}

interface Transaction {
  TransactItems?: { Update?: { ConditionExpression?: string; ExpressionAttributeValues?: object } }[];
}

function dropConditions(input: Transaction): void {
  for (const { Update } of input.TransactItems ?? []) {
    if (Update === undefined) continue;
    delete Update.ConditionExpression;
    const values = Object.entries(Update.ExpressionAttributeValues ?? {}).filter(([name]) => !name.startsWith(':is_'));
    Update.ExpressionAttributeValues = Object.fromEntries(values);
  }
}
