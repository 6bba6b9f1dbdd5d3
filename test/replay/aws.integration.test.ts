import { hash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { tableName } from '#table/client.ts';
import { onAws } from '../../bin/replay/aws.ts';
import { replay } from '../../bin/replay/replay.ts';
import { engineClients } from '../../local/engine/clients.ts';
import { RecentPages } from '../../local/streams/recent-pages.ts';
import { shardReader } from '../../local/streams/shard-reader.ts';
import { createTable } from '../support/table.ts';

const { tables, streams } = engineClients(inject('engineUrl'), 'local');
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:settle';
const hints = [JSON.stringify({ dynamodb: { NewImage: { unsettled: { BOOL: [true] } } } })];
let server: Server;
let queueUrl: string;
/** Stands for SQS and Lambda: speaks as much of their protocols as the clients of the SDK need. */
let messages: { id: string; body: string; inHand: boolean }[];
let invoked: { ids: string[] }[];
let silent: boolean;
let functionAnswer: { status: number; headers?: Record<string, string>; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      if (silent) return;
      const input = text === '' ? {} : JSON.parse(text);
      const { status = 200, headers = {}, body } = answer(request.headers['x-amz-target'] as string | undefined, request.url ?? '', input);
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  queueUrl = `http://127.0.0.1:${port}/123456789012/failures`;
  const { AWS_ENDPOINT_URL_DYNAMODB } = process.env;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${port}`,
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: AWS_ENDPOINT_URL_DYNAMODB,
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  messages = [];
  invoked = [];
  silent = false;
  functionAnswer = { status: 200, body: '{"batchItemFailures":[]}' };
});

// biome-ignore lint/suspicious/noExplicitAny: what a client of the SDK sends
function answer(target: string | undefined, url: string, input: any): { status?: number; headers?: Record<string, string>; body: string } {
  const json = (value: unknown) => ({ headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(value) });
  switch (target) {
    case 'AmazonSQS.ReceiveMessage': {
      const taken = messages.filter(({ inHand }) => !inHand).slice(0, 1);
      for (const message of taken) message.inHand = true;
      return json({
        Messages: taken.map(({ id, body }) => ({
          MessageId: id,
          ReceiptHandle: `receipt-${id}`,
          Body: body,
          MD5OfBody: hash('md5', body),
        })),
      });
    }
    case 'AmazonSQS.DeleteMessage':
      messages = messages.filter(({ id }) => `receipt-${id}` !== input.ReceiptHandle);
      return json({});
    case 'AmazonSQS.ChangeMessageVisibility':
      for (const message of messages) if (`receipt-${message.id}` === input.ReceiptHandle) message.inHand = input.VisibilityTimeout > 0;
      return json({});
    default:
  }
  if (url.startsWith('/2015-03-31/event-source-mappings')) {
    const mapping = { BatchSize: 2, FilterCriteria: { Filters: hints.map((Pattern) => ({ Pattern })) } };
    return json({ EventSourceMappings: [mapping] });
  }
  if (url.includes('/invocations')) {
    const records = input.Records as { dynamodb: { Keys: { pk: { S: string } } } }[];
    invoked.push({ ids: records.map(({ dynamodb }) => dynamodb.Keys.pk.S) });
    return functionAnswer;
  }
  return { status: 500, body: '' };
}

const fail = (line: string) => {
  throw new Error(line);
};

/**
 * Writes items, and puts into the queue what Lambda would say of their records.
 * @param later what is added to their numbers: the stream has no such records
 */
async function givenUp(later: bigint, ...ids: string[]): Promise<void> {
  const engineStreamArn = await createTable();
  for (const pk of ids) {
    await tables.send(new PutItemCommand({ TableName: tableName, Item: { pk: { S: pk }, sk: { S: 'x' }, unsettled: { BOOL: true } } }));
  }
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: engineStreamArn }));
  const shard = StreamDescription!.Shards![0]!;
  const reader = shardReader({
    ...{ client: streams, streamArn: engineStreamArn, shardId: shard.ShardId!, after: undefined, onProblem: fail },
    ...{ place: { region: '', streamArn: engineStreamArn }, recent: new RecentPages() },
  });
  const { records } = await reader.next();
  const numbers = records.slice(-ids.length).map(({ dynamodb }) => String(BigInt(dynamodb.SequenceNumber) + later));
  const DDBStreamBatchInfo = {
    ...{ shardId: shard.ShardId, startSequenceNumber: numbers[0], endSequenceNumber: numbers.at(-1), batchSize: ids.length },
    streamArn: engineStreamArn,
  };
  const requestContext = {
    requestId: 'r',
    functionArn: `${functionArn}:$LATEST`,
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 11,
  };
  const body = JSON.stringify({ requestContext, version: '1.0', timestamp: new Date().toISOString(), DDBStreamBatchInfo });
  messages.push({ id: String(messages.length), body, inHand: false });
}

async function run(options: { dryRun?: boolean } = {}) {
  const { place, close } = onAws(queueUrl);
  try {
    const signal = new AbortController().signal;
    return await replay({
      place,
      dryRun: false,
      dropLost: false,
      resume: undefined,
      signal,
      say: () => undefined,
      wait: async () => undefined,
      ...options,
    });
  } finally {
    close();
  }
}

it('reads the queue, finds the records in the stream and invokes the function in batches of its mapping', async () => {
  await givenUp(0n, 'one', 'two', 'three');

  expect(await run({ dryRun: true })).toMatchObject({ messages: 1, records: 3, removed: 0 });
  expect(invoked).toEqual([]);
  expect(messages).toMatchObject([{ inHand: false }]);
  expect(await run()).toMatchObject({ messages: 1, records: 3, processed: 3, removed: 1, left: 0 });

  expect(invoked.map(({ ids }) => ids)).toEqual([['one', 'two'], ['three']]);
  expect(messages).toEqual([]);
});

it('does not wait for ever for a service that says nothing', async () => {
  silent = true;
  const { place, close } = onAws(queueUrl, { services: 30, functions: 30 });
  try {
    await expect(place.messages()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'TimeoutError' });
  } finally {
    close();
  }
});

it('gives a message back when the function still fails', async () => {
  await givenUp(0n, 'four');
  functionAnswer = { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: '{"errorMessage":"no"}' };

  expect(await run()).toMatchObject({ processed: 0, removed: 0, left: 1 });

  expect(invoked).toHaveLength(3);
  expect(messages).toMatchObject([{ inHand: false }]);
});

it('reads the table where the stream has nothing left', async () => {
  await givenUp(10n ** 9n, 'five');

  expect(await run()).toMatchObject({ records: 0, aged: 1, lost: 0, removed: 1, left: 0 });

  expect(invoked.flatMap(({ ids }) => ids)).toContain('five');
  expect(messages).toEqual([]);
});
