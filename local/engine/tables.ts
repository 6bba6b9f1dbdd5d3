import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { messageOf, Problem } from '../problem.ts';
import type { TablePlan } from '../template/tables.ts';
import { attributesOf, describeKeys, indexChanges } from './index-changes.ts';

/** How long an engine may take to build an index, in milliseconds. */
const patience = 120_000;

/**
 * Makes the table as the template declares it: creates it, or changes the indexes of the one that is there.
 * @returns the ARN of its stream, if it has one
 * @throws Problem if what is stored cannot become what is declared
 */
export async function ensureTable(client: DynamoDBClient, plan: TablePlan): Promise<string | undefined> {
  const stored = await describe(client, plan.name);
  if (stored === undefined) await create(client, plan);
  else await adapt(client, plan, stored);
  const table = await untilActive(client, plan.name);
  await ensureTimeToLive(client, plan);
  return table.LatestStreamArn;
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: DynamoDBClient, plan: TablePlan): Promise<void> {
  const { name, GlobalSecondaryIndexes, LocalSecondaryIndexes, StreamSpecification } = plan;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: plan.AttributeDefinitions,
      KeySchema: plan.KeySchema,
      ...(GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes }),
      ...(LocalSecondaryIndexes.length > 0 && { LocalSecondaryIndexes }),
      ...(StreamSpecification && { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
    }),
  );
}

async function adapt(client: DynamoDBClient, plan: TablePlan, stored: TableDescription): Promise<void> {
  const advice = 'start with --fresh to begin anew, or with another --data to keep this store';
  if (describeKeys(stored.KeySchema) !== describeKeys(plan.KeySchema)) {
    throw new Problem(`The stored table ${plan.name} has other keys than the template: ${advice}`);
  }
  if (stored.StreamSpecification?.StreamViewType !== plan.StreamSpecification?.StreamViewType) {
    throw new Problem(`The stored table ${plan.name} has another stream than the template: ${advice}`);
  }
  const { remove, add } = indexChanges(stored.GlobalSecondaryIndexes ?? [], plan.GlobalSecondaryIndexes);
  const kept = (stored.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => !remove.some((name) => name === IndexName));
  try {
    for (const IndexName of remove) {
      await client.send(new UpdateTableCommand({ TableName: plan.name, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] }));
      await untilActive(client, plan.name);
    }
    for (const [position, index] of add.entries()) {
      // DynamoDB refuses definitions of attributes that no key uses.
      const used = attributesOf([plan, ...kept, ...add.slice(0, position + 1)]);
      await client.send(
        new UpdateTableCommand({
          TableName: plan.name,
          AttributeDefinitions: plan.AttributeDefinitions.filter(({ AttributeName }) => used.has(AttributeName)),
          GlobalSecondaryIndexUpdates: [{ Create: index }],
        }),
      );
      await untilActive(client, plan.name);
    }
  } catch (cause) {
    throw new Problem(`The engine cannot change the indexes of ${plan.name} (${messageOf(cause)}): ${advice}`, { cause });
  }
}

async function untilActive(client: DynamoDBClient, name: string): Promise<TableDescription> {
  for (const until = Date.now() + patience; Date.now() < until; await delay(20)) {
    const table = await describe(client, name);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    const active = (status: string | undefined) => status === undefined || status === 'ACTIVE';
    if (table !== undefined && active(table.TableStatus) && indexes.every((index) => active(index.IndexStatus))) return table;
  }
  throw new Problem(`The table ${name} does not become active`);
}

async function ensureTimeToLive(client: DynamoDBClient, { name, TimeToLiveSpecification }: TablePlan): Promise<void> {
  if (TimeToLiveSpecification?.Enabled !== true) return;
  try {
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
    if (TimeToLiveDescription?.AttributeName === TimeToLiveSpecification.AttributeName) return;
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  } catch (error) {
    // An engine without expiry only keeps items longer, as DynamoDB itself may for days ("Using time to live").
    if (!(error instanceof Error && error.name === 'UnknownOperationException')) throw error;
  }
}
