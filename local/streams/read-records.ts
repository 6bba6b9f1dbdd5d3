import { type DynamoDBStreamsClient, GetRecordsCommand, type GetRecordsCommandInput } from '@aws-sdk/client-dynamodb-streams';
import { sendForJson } from '../engine/send-for-json.ts';
import type { Attributes, StreamRecord } from './record.ts';

/** A page of a shard, as the service wrote it. */
export interface RecordsPage {
  readonly records: readonly StreamRecord[];
  /** Where to read on, `undefined` at the end of a shard that is closed. */
  readonly nextIterator: string | undefined;
}

/** `GetRecords`, with the records in the form in which Lambda passes them on. */
export async function readRecords(client: DynamoDBStreamsClient, input: GetRecordsCommandInput): Promise<RecordsPage> {
  const answer = await sendForJson<{ Records?: StreamRecord[]; NextShardIterator?: string | null }>(client, new GetRecordsCommand(input));
  const { Records: records = [], NextShardIterator } = answer;
  for (const { dynamodb } of records) {
    for (const image of [dynamodb?.NewImage, dynamodb?.OldImage]) if (image !== undefined) typeMaps(Object.values(image));
  }
  // "If set to null, the shard has been closed" ("GetRecords", DynamoDB Streams API Reference).
  return { records, nextIterator: NextShardIterator ?? undefined };
}

/** DynamoDB Local 3 writes an empty map into its stream without its type, `{}` for the `{"M":{}}` of DynamoDB. */
function typeMaps(values: readonly unknown[]): void {
  for (const value of values as { M?: Attributes; L?: unknown[] }[]) {
    if (value.M !== undefined) typeMaps(Object.values(value.M));
    else if (value.L !== undefined) typeMaps(value.L);
    else if (isEmpty(value)) value.M = {};
  }
}

function isEmpty(value: object): boolean {
  for (const _name in value) return false;
  return true;
}
