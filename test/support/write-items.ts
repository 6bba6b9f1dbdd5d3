import { tableName } from '#table/client.ts';
import type { Key } from '#table/keys.ts';
import { transactionSize, writeTransaction } from '#table/transaction.ts';

/**
 * Writes items over whatever is there, a hundred in each transaction: the embedded engine commits item by item within a
 * `BatchWriteItem`, and takes twice as long. `onWritten` is told how many there are so far.
 */
export async function writeItems(items: readonly Key[], onWritten: (written: number) => void = () => undefined): Promise<void> {
  for (let n = 0; n < items.length; n += transactionSize) {
    const batch = items.slice(n, n + transactionSize);
    const outcome = await writeTransaction(batch.map((Item) => ({ Put: { TableName: tableName, Item } })));
    if (outcome.kind !== 'committed') throw new Error(`${batch.length} items were left unwritten: ${outcome.kind}`);
    onWritten(n + batch.length);
  }
}
