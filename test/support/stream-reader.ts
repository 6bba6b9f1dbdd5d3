import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';

/** Reads the records that the table's stream has had since the last call, in their order. */
export function streamReader(streamArn: string): () => Promise<DynamoDBRecord[]> {
  const streams = new DynamoDBStreamsClient({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
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
