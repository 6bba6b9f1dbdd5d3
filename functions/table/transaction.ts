import {
  type Delete,
  type Put,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type Update,
} from '@aws-sdk/client-dynamodb';
import { type Plain, writeToAttributes } from './attributes.ts';
import { table } from './client.ts';

/** One write of a transaction: `Put`, `Update` or `Delete`. A condition alone, which DynamoDB knows too, no function may check. */
export type TransactItem = Omit<Plain<TransactWriteItem>, 'ConditionCheck'>;

/** DynamoDB's bound on the items of one transaction. */
export const transactionSize = 100;

/** What became of a transaction: written whole, refused by conditions, or hindered by others and worth another try. */
export type TransactionOutcome = { kind: 'committed' } | { kind: 'refused'; items: number[] } | { kind: 'busy' };

/**
 * Writes all items or none. The SDK sends a client request token with it, so its own retries after a lost answer never
 * write twice (API reference, `TransactWriteItems`, ClientRequestToken).
 *
 * `refused` names the positions whose condition failed; `busy` means a conflict with another transaction or a throttle.
 */
export async function writeTransaction(items: TransactItem[]): Promise<TransactionOutcome> {
  try {
    await table.send(new TransactWriteItemsCommand({ TransactItems: items.map(itemToAttributes) }));
    return { kind: 'committed' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
    const refused = codes.flatMap((code, position) => (code === 'ConditionalCheckFailed' ? [position] : []));
    if (refused.length > 0) return { kind: 'refused', items: refused };
    if (codes.some((code) => busyCodes.has(code))) return { kind: 'busy' };
    throw error;
  }
}

const itemToAttributes = ({ Put, Update, Delete }: TransactItem): TransactWriteItem => ({
  ...(Put && { Put: writeToAttributes<Put>(Put) }),
  ...(Update && { Update: writeToAttributes<Update>(Update) }),
  ...(Delete && { Delete: writeToAttributes<Delete>(Delete) }),
});

/** Cancellation reasons that pass by themselves (API reference, `TransactionCanceledException`). */
const busyCodes = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
