import { type DynamoDBStreamsClient, GetShardIteratorCommand, type ShardIteratorType } from '@aws-sdk/client-dynamodb-streams';
import { readRecords } from './read-records.ts';
import type { ReadPage, RecentPages } from './recent-pages.ts';
import { type EventRecord, type RecordPlace, toEventRecord } from './record.ts';

/** The most that one call answers ("GetRecords", DynamoDB Streams API Reference). */
const pageSize = 1000;

export interface Page {
  readonly records: readonly EventRecord[];
  /** Whether more is likely to be there already. */
  readonly full: boolean;
  /** Whether the shard is closed and this is its end. */
  readonly last: boolean;
}

/** Reads one shard forwards, page after page. */
export interface ShardReader {
  next(): Promise<Page>;
}

export interface ShardReaderOptions {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly shardId: string;
  /** Where records say that they come from. */
  readonly place: RecordPlace;
  /** What others have read of it, and shall find. */
  readonly recent: RecentPages;
  /** The sequence number behind which to begin; `undefined` for the oldest record there is (`TRIM_HORIZON`). */
  readonly after: string | undefined;
  /** Gets a line if the position is no longer in the stream, which is then read from its oldest record. */
  readonly onProblem: (line: string) => void;
}

/**
 * Errors that say that a position is not, or no longer, in the stream ("Trimmed" after 24 hours; a shard, or the stream of a table that was
 * made anew, goes altogether). DynamoDB Local has none of its own for an unknown one.
 */
export const positionLost: ReadonlySet<string> = new Set([
  'TrimmedDataAccessException',
  'ResourceNotFoundException',
  'InternalFailure',
  'ValidationException',
]);

export function shardReader({ client, streamArn, shardId, place, recent, after, onProblem }: ShardReaderOptions): ShardReader {
  let position = after;
  let iterator: string | undefined;

  async function iteratorAt(type: ShardIteratorType, sequenceNumber?: string): Promise<string | undefined> {
    const where = { StreamArn: streamArn, ShardId: shardId, ShardIteratorType: type, SequenceNumber: sequenceNumber };
    return (await client.send(new GetShardIteratorCommand(where))).ShardIterator;
  }

  /** Whether the stream has the very record that was processed last. dynoxide takes any number, and would read nothing for ever. */
  async function isThere(sequenceNumber: string): Promise<boolean> {
    try {
      const at = await iteratorAt('AT_SEQUENCE_NUMBER', sequenceNumber);
      const { records } = await readRecords(client, { ShardIterator: at, Limit: 1 });
      return records[0]?.dynamodb?.SequenceNumber === sequenceNumber;
    } catch (error) {
      if (error instanceof Error && positionLost.has(error.name)) return false;
      throw error;
    }
  }

  async function begin(): Promise<string | undefined> {
    if (position !== undefined && !(await isThere(position))) {
      onProblem(`The stream no longer has ${position}: ${shardId} is read from its oldest record`);
      position = undefined;
      recent.forget({ streamArn, shardId, after: undefined });
    }
    return position === undefined ? await iteratorAt('TRIM_HORIZON') : await iteratorAt('AFTER_SEQUENCE_NUMBER', position);
  }

  async function read(): Promise<ReadPage> {
    const { records, nextIterator } = await readRecords(client, { ShardIterator: iterator, Limit: pageSize });
    const page = { records: records.map((record) => toEventRecord(record, place)), nextIterator };
    recent.keep({ streamArn, shardId, after: position }, page);
    return page;
  }

  return {
    async next() {
      iterator ??= await begin();
      try {
        const { records, nextIterator } = recent.get({ streamArn, shardId, after: position }) ?? (await read());
        iterator = nextIterator;
        position = records.at(-1)?.dynamodb.SequenceNumber ?? position;
        return { records, full: records.length >= pageSize, last: nextIterator === undefined };
      } catch (error) {
        // Iterators live for 15 minutes, and not across a restart of the engine: the position outlives them.
        iterator = undefined;
        throw error;
      }
    },
  };
}
