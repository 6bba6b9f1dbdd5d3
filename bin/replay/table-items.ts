import { DescribeTableCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { sendForJson } from '../../local/engine/send-for-json.ts';
import { type Attributes, type RecordPlace, toEventRecord } from '../../local/streams/record.ts';
import type { ItemKey, ItemPage } from './place.ts';

/**
 * Reads one page of a table, at most 1 MB, each item as the record of a change that left it as it is: who is woken for what an item is
 * finds its work in it, and who tells what has changed finds nothing. Read consistently, so that an image is stale only if a newer
 * record is on its way.
 */
export function tableReader(client: DynamoDBClient): (tableName: string, place: RecordPlace, after?: ItemKey) => Promise<ItemPage> {
  const keyNames = new Map<string, Promise<readonly string[]>>();
  const namesOf = (tableName: string) => {
    const names = keyNames.get(tableName) ?? describeKey(client, tableName);
    keyNames.set(tableName, names);
    return names;
  };
  return async (tableName, place, after) => {
    const names = await namesOf(tableName);
    const { Items = [], LastEvaluatedKey } = await sendForJson<{ Items?: Attributes[]; LastEvaluatedKey?: ItemKey }>(
      client,
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ...(after && { ExclusiveStartKey: after }) }),
    );
    const records = Items.map((item, index) => {
      const Keys = Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
      const dynamodb = {
        Keys,
        NewImage: item,
        OldImage: item,
        SequenceNumber: String(index + 1),
        ApproximateCreationDateTime: Date.now() / 1000,
      };
      return toEventRecord({ eventName: 'MODIFY', dynamodb: { ...dynamodb, StreamViewType: 'NEW_AND_OLD_IMAGES' } }, place);
    });
    return { records, next: LastEvaluatedKey };
  };
}

async function describeKey(client: DynamoDBClient, tableName: string): Promise<readonly string[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  return (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
}
