import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { type RecordsPage, readRecords } from '../../local/streams/read-records.ts';

/** A page with fewer records is taken as the last for now. One that was cut at a megabyte goes on with the next call. */
const few = 50;

/** Reads the records that the table's stream has had since the last call, in their order. */
export function streamReader(streamArn: string): () => Promise<DynamoDBRecord[]> {
  const streams = new DynamoDBStreamsClient({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  const iterators = new Map<string, string | undefined>();
  const begun = new Set<string>();

  const begin = async (ShardId: string) => {
    const from = { StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    return (await streams.send(new GetShardIteratorCommand(from))).ShardIterator;
  };

  /**
   * DynamoDB Local numbers the records of all tables together, and takes a place before a table's first record for one that was trimmed
   * if others wrote in between. Whoever has read nothing begins anew.
   */
  async function read(ShardId: string, ShardIterator: string): Promise<RecordsPage> {
    try {
      return await readRecords(streams, { ShardIterator });
    } catch (error) {
      if (begun.has(ShardId) || !(error instanceof TrimmedDataAccessException)) throw error;
      return await readRecords(streams, { ShardIterator: await begin(ShardId) });
    }
  }

  /** Neither engine begins a shard before it has closed the last. */
  async function discover(): Promise<void> {
    if ([...iterators.values()].some((iterator) => iterator !== undefined)) return;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId === undefined || iterators.has(ShardId)) continue;
      iterators.set(ShardId, await begin(ShardId));
    }
  }

  return async () => {
    const records: DynamoDBRecord[] = [];
    for (let closed = true; closed; ) {
      closed = false;
      await discover();
      for (const [shardId, at] of iterators) {
        for (let iterator = at; iterator !== undefined; ) {
          const page = await read(shardId, iterator);
          if (page.records.length > 0) begun.add(shardId);
          records.push(...(page.records as DynamoDBRecord[]));
          iterator = page.nextIterator;
          iterators.set(shardId, iterator);
          closed ||= iterator === undefined;
          if (page.records.length < few) break;
        }
      }
    }
    return records;
  };
}
