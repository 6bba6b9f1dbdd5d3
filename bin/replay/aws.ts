import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand, LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Problem } from '../../local/problem.ts';
import type { Failure } from './failure.ts';
import type { Message, Place, Waking } from './place.ts';
import { readRange } from './stream-range.ts';
import { tableReader } from './table-items.ts';

/** How long a message is ours, in seconds: after a crash of the replay the next one gets it then. */
const inHand = 15 * 60;
/** "Long polling" asks all servers of the queue, so that an empty answer means an empty queue; in seconds. */
const polling = 3;
/** Milliseconds for an answer, and for one of a function, which may take its time. */
const patience = { services: 30_000, functions: 120_000 };

/**
 * The failure queue of a deployed stack, by the URL in its output `FailureQueueUrl`. Credentials come from where the AWS CLI has them.
 * They need: `sqs:ReceiveMessage`, `DeleteMessage`, `ChangeMessageVisibility` on the queue; `dynamodb:GetShardIterator`, `GetRecords` on
 * the stream, `DescribeTable`, `Scan` on the table; `lambda:ListEventSourceMappings`, and `InvokeFunction` on the two functions.
 * @throws Problem for an URL that names no region
 */
export function onAws(queueUrl: string, { services, functions }: typeof patience = patience): { place: Place; close: () => void } {
  const region = /^sqs\.([a-z0-9-]+)\./.exec(new URL(queueUrl).hostname)?.[1] ?? process.env.AWS_REGION;
  if (region === undefined) throw new Problem(`${queueUrl} names no region: set AWS_REGION`);
  const requestHandler = { connectionTimeout: 5_000, requestTimeout: services, throwOnRequestTimeout: true };
  const tables = new DynamoDBClient({ region, requestHandler });
  const streams = new DynamoDBStreamsClient({ region, requestHandler });
  const queues = new SQSClient({ region, requestHandler });
  const lambda = new LambdaClient({ region, requestHandler: { ...requestHandler, requestTimeout: functions } });
  const readItems = tableReader(tables);
  const wakings = new Map<string, Promise<Waking | undefined>>();
  const place: Place = {
    messages: () => receive(queues, queueUrl),
    waking(failure) {
      const key = `${failure.functionArn} ${failure.streamArn}`;
      const waking = wakings.get(key) ?? wakingOf(lambda, failure);
      wakings.set(key, waking);
      return waking;
    },
    range: (failure) => readRange(streams, failure.streamArn, failure, { region, streamArn: failure.streamArn }),
    items: ({ tableName, streamArn }, after) => readItems(tableName, { region, streamArn }, after),
    async invoke(functionArn, event) {
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: functionArn, Payload: event }));
      const payload = Payload === undefined ? 'null' : Buffer.from(Payload).toString('utf8');
      if (FunctionError === undefined) return { ok: true, payload: payload || 'null' };
      return { ok: false, error: { errorType: FunctionError, errorMessage: payload, trace: [] } };
    },
  };
  return { place, close: () => [tables, streams, queues, lambda].forEach((client) => void client.destroy()) };
}

async function* receive(client: SQSClient, QueueUrl: string): AsyncGenerator<Message> {
  const seen = new Set<string>();
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: polling, VisibilityTimeout: inHand }),
    );
    // One that is seen again was in hand for too long; its newer receipt is not needed, for nobody else reads this queue.
    const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
    if (fresh.length === 0) return;
    for (const { MessageId = '', ReceiptHandle, Body = '' } of fresh) {
      seen.add(MessageId);
      yield {
        body: Body,
        remove: async () => void (await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))),
        giveBack: async () =>
          void (await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))),
      };
    }
  }
}

/** The filter and batch size that the function is woken with now. */
async function wakingOf(client: LambdaClient, { functionArn, streamArn }: Failure): Promise<Waking | undefined> {
  try {
    const { EventSourceMappings = [] } = await client.send(
      new ListEventSourceMappingsCommand({ FunctionName: functionArn, EventSourceArn: streamArn }),
    );
    const [mapping] = EventSourceMappings;
    if (mapping === undefined) return undefined;
    const patterns = (mapping.FilterCriteria?.Filters ?? []).flatMap(({ Pattern }) => (Pattern === undefined ? [] : [Pattern]));
    return { patterns, batchSize: mapping.BatchSize ?? 100 };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
