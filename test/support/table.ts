import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { fromAttributes } from '#table/attributes.ts';
import { table, tableName } from '#table/client.ts';
import { ensureTable } from '../../local/engine/tables.ts';
import type { TableShape } from './declared-table.ts';

/** Creates this test file's table, or that of a process of its own; gives the ARN of its stream. */
export async function createTable(shape: TableShape = inject('tableShape')): Promise<string> {
  const streamArn = await ensureTable(table, { ...shape, name: tableName });
  if (streamArn === undefined) throw new Error('the table has no stream');
  return streamArn;
}

/** Everything in the table. */
export async function scanTable<T>(): Promise<T[]> {
  const items: T[] = [];
  for (let start: Record<string, AttributeValue> | undefined; ; ) {
    const page = await table.send(new ScanCommand({ TableName: tableName, ExclusiveStartKey: start, ConsistentRead: true }));
    items.push(...(page.Items ?? []).map(fromAttributes<T>));
    start = page.LastEvaluatedKey;
    if (start === undefined) return items;
  }
}
