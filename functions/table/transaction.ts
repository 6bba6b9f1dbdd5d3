import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { table } from './client.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

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
    await table.send(new TransactWriteCommand({ TransactItems: items }));
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

/** Cancellation reasons that pass by themselves (API reference, `TransactionCanceledException`). */
const busyCodes = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
