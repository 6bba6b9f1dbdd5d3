import { type DynamoDBStreamsClient, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { readRecords } from '../../local/streams/read-records.ts';
import { type EventRecord, type RecordPlace, toEventRecord } from '../../local/streams/record.ts';
import { positionLost } from '../../local/streams/shard-reader.ts';
import type { Failure } from './failure.ts';
import type { Range } from './place.ts';

/** Pages without a record after which the end of a range is taken to be gone; a shard has such pages where it had little to say. */
const emptyPages = 20;

/**
 * Reads the records of a failure from the stream, with what lies between them.
 * @param streamArn the stream as the client knows it
 */
export async function readRange(
  client: DynamoDBStreamsClient,
  streamArn: string,
  { shardId, from, to }: Failure,
  place: RecordPlace,
): Promise<Range> {
  const [first, last] = [BigInt(from), BigInt(to)];
  const records: EventRecord[] = [];
  let iterator = await iteratorAt(client, streamArn, shardId, from);
  for (let empty = 0; iterator !== undefined && empty < emptyPages; ) {
    const page = await readRecords(client, { ShardIterator: iterator });
    const read = page.records.map((record) => toEventRecord(record, place));
    const numbers = read.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
    records.push(...read.filter((_, index) => isBetween(numbers[index], first, last)));
    if (numbers.some((number) => number >= last)) break;
    empty = read.length === 0 ? empty + 1 : 0;
    iterator = page.nextIterator;
  }
  const ends = [records[0], records.at(-1)].map((record) => record?.dynamodb.SequenceNumber);
  return { records, whole: isNumber(ends[0], first) && isNumber(ends[1], last) };
}

/** From the first record of the range, or from the oldest there is where that one is gone; `undefined` if the shard is. */
async function iteratorAt(client: DynamoDBStreamsClient, StreamArn: string, ShardId: string, from: string): Promise<string | undefined> {
  const where = { StreamArn, ShardId };
  for (const start of [
    { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: from } as const,
    { ShardIteratorType: 'TRIM_HORIZON' } as const,
  ]) {
    try {
      return (await client.send(new GetShardIteratorCommand({ ...where, ...start }))).ShardIterator;
    } catch (error) {
      if (!(error instanceof Error && positionLost.has(error.name))) throw error;
    }
  }
  return undefined;
}

const isBetween = (number: bigint | undefined, first: bigint, last: bigint) => number !== undefined && number >= first && number <= last;
const isNumber = (text: string | undefined, number: bigint) => text !== undefined && BigInt(text) === number;
