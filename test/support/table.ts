import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { inject } from 'vitest';
import { table, tableName } from '#table/client.ts';
import { ensureTable } from '../../local/engine/tables.ts';

/** Creates this test file's table; gives the ARN of its stream. */
export async function createTable(): Promise<string> {
  const streamArn = await ensureTable(table as never, { ...inject('tableShape'), name: tableName });
  if (streamArn === undefined) throw new Error('the table has no stream');
  return streamArn;
}

/** Everything in the table. */
export async function scanTable<T>(): Promise<T[]> {
  const items: T[] = [];
  for (let start: Record<string, unknown> | undefined; ; ) {
    const page = await table.send(new ScanCommand({ TableName: tableName, ExclusiveStartKey: start, ConsistentRead: true }));
    items.push(...((page.Items ?? []) as T[]));
    start = page.LastEvaluatedKey;
    if (start === undefined) return items;
  }
}

/** Reads the records that the table's stream has had since the last call, in their order. */
export function streamReader(streamArn: string): () => Promise<DynamoDBRecord[]> {
  const streams = new DynamoDBStreamsClient({
    endpoint: inject('engineUrl'),
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const iterators = new Map<string, string | undefined>();
  return async () => {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    const records: DynamoDBRecord[] = [];
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId === undefined) continue;
      let iterator = iterators.has(ShardId)
        ? iterators.get(ShardId)
        : (await streams.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' })))
            .ShardIterator;
      while (iterator !== undefined) {
        const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
        records.push(...(withTypedMaps(page.Records ?? []) as DynamoDBRecord[]));
        iterator = page.NextShardIterator;
        if ((page.Records ?? []).length === 0) break;
      }
      iterators.set(ShardId, iterator);
    }
    return records;
  };
}

/** DynamoDB Local writes an empty map into its stream without its type, `{}` for `{"M":{}}` as DynamoDB has it. */
function withTypedMaps(records: unknown): unknown {
  if (Array.isArray(records)) return records.map(withTypedMaps);
  if (records === null || typeof records !== 'object' || ArrayBuffer.isView(records) || records instanceof Date) return records;
  const typed = ([name, value]: [string, unknown]) => [name, name !== 'M' && isEmpty(value) ? { M: {} } : withTypedMaps(value)];
  return Object.fromEntries(Object.entries(records).map(typed));
}

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
