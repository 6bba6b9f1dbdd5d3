import { randomUUID } from 'node:crypto';
import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { engineClients } from '../../local/engine/clients.ts';
import { RecentPages } from '../../local/streams/recent-pages.ts';
import { shardReader } from '../../local/streams/shard-reader.ts';

const { tables, streams: client, destroy } = engineClients(inject('engineUrl'), 'local');
const place = { region: 'here', streamArn: 'the stream' };
let streamArn = '';
let shardId = '';

const TableName = `reader-${randomUUID()}`;

beforeAll(async () => {
  const { TableDescription } = await tables.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  streamArn = TableDescription?.LatestStreamArn ?? '';
  for (let n = 1; n <= 12; n += 1) await tables.send(new PutItemCommand({ TableName, Item: { id: { S: String(n) } } }));
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  shardId = StreamDescription?.Shards?.[0]?.ShardId ?? '';
});
afterAll(destroy);

/** Reads all there is behind a position: the ids of the items, and their sequence numbers. */
async function read(after: string | undefined, recent = new RecentPages()) {
  const problems: string[] = [];
  const onProblem = (line: string) => problems.push(line);
  const { records } = await shardReader({ client, streamArn, shardId, place, recent, after, onProblem }).next();
  return {
    ids: records.map(({ dynamodb }) => Number((dynamodb.Keys.id as { S: string }).S)),
    numbers: records.map(({ dynamodb }) => dynamodb.SequenceNumber),
    problems,
    records,
  };
}

test('a shard is read from its oldest record, or behind the one that was processed last', async () => {
  const { ids, numbers } = await read(undefined);
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  // Compared as texts, the eleventh number comes before the ninth.
  expect(await read(numbers[10])).toMatchObject({ ids: [12], problems: [] });
  expect(await read(numbers[11])).toMatchObject({ ids: [], problems: [] });
});

test('a position that the stream does not have is said, and all is read again', async () => {
  const { ids, problems } = await read('999999999999999');
  expect(ids).toHaveLength(12);
  expect(problems).toEqual([`The stream no longer has 999999999999999: ${shardId} is read from its oldest record`]);
});

test('a lost position is not looked for among what was read before it was lost', async () => {
  const recent = new RecentPages();
  const before = await read(undefined, recent);
  const after = await read('999999999999999', recent);
  expect(after.ids).toEqual(before.ids);
  expect(after.records).not.toBe(before.records);
});

test('what one has read another gets as it is; that nothing is there is asked anew', async () => {
  const recent = new RecentPages();
  const first = await read(undefined, recent);
  const second = await read(undefined, recent);
  expect(second.records).toBe(first.records);

  const last = first.numbers.at(-1);
  expect((await read(last, recent)).ids).toEqual([]);
  await tables.send(new PutItemCommand({ TableName, Item: { id: { S: '13' } } }));
  expect((await read(last, recent)).ids).toEqual([13]);
});

test('a record holds what was written, in DynamoDB’s JSON: maps that are empty too, and bytes in base64', async () => {
  const last = (await read(undefined)).numbers.at(-1);
  const bytes = new Uint8Array([0, 255]);
  const map = {
    M: {
      none: { M: {} },
      all: { L: [{ M: {} }, { NULL: true }, { N: '-1.5' }, { BOOL: true }, { SS: ['a'] }, { NS: ['1'] }, { BS: [bytes] }] },
    },
  };
  const Item = { id: { S: '14' }, text: { S: 'gelöscht \u{1F5D1} {"M":{}} ":{}' }, raw: { B: bytes }, map, none: { M: {} } };
  await tables.send(new PutItemCommand({ TableName, Item }));

  const { records } = await read(last);
  const all = { L: [{ M: {} }, { NULL: true }, { N: '-1.5' }, { BOOL: true }, { SS: ['a'] }, { NS: ['1'] }, { BS: ['AP8='] }] };
  expect(records.map(({ dynamodb }) => dynamodb.NewImage)).toEqual([{ ...Item, raw: { B: 'AP8=' }, map: { M: { none: { M: {} }, all } } }]);
});
