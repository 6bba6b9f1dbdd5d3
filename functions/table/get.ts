import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { fromAttributes, toAttributes } from './attributes.ts';
import { backoff } from './backoff.ts';
import { table, tableName } from './client.ts';
import type { Key } from './keys.ts';

/** DynamoDB's bound on the keys of one `BatchGetItem`. */
const batchSize = 100;
/** Rounds in which unprocessed keys are asked for again. */
const rounds = 5;

interface ReadOptions {
  /** Reads what the last write left, at twice the price. */
  consistent?: boolean;
}

/** Reads one item, or nothing. */
export async function getItem<T>(key: Key, { consistent = false }: ReadOptions = {}): Promise<T | undefined> {
  const { Item } = await table.send(new GetItemCommand({ TableName: tableName, Key: toAttributes(key), ConsistentRead: consistent }));
  return Item && fromAttributes<T>(Item);
}

/**
 * Reads many items by key, in no particular order; keys without an item are simply not among them, and a key may be
 * named twice.
 *
 * @throws ThrottledError when the store still leaves keys unread after {@link rounds} rounds
 */
export async function getItems<T extends Key>(keys: readonly Key[], { consistent = false }: ReadOptions = {}): Promise<T[]> {
  const unique = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
  const batches = Array.from({ length: Math.ceil(unique.length / batchSize) }, (_, n) => unique.slice(n * batchSize, (n + 1) * batchSize));
  return (await Promise.all(batches.map((batch) => getBatch<T>(batch, consistent)))).flat();
}

async function getBatch<T>(keys: Key[], consistent: boolean): Promise<T[]> {
  const items: T[] = [];
  let missing = keys.map(({ pk, sk }) => toAttributes({ pk, sk }));
  for (let round = 0; missing.length > 0; round += 1) {
    if (round === rounds) throw new ThrottledError(missing.length);
    if (round > 0) await backoff(round);
    const RequestItems = { [tableName]: { Keys: missing, ConsistentRead: consistent } };
    const answer = await table.send(new BatchGetItemCommand({ RequestItems }));
    for (const item of answer.Responses?.[tableName] ?? []) items.push(fromAttributes<T>(item));
    missing = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items;
}

/** The store answered, but not with everything asked for: it is short of capacity. */
class ThrottledError extends Error {
  override readonly name = 'ThrottlingException';
  constructor(keys: number) {
    super(`${keys} keys were left unread`);
  }
}
