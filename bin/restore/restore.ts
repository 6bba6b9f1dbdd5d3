import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';

type Item = Record<string, AttributeValue>;

export interface RestoreOptions {
  readonly client: DynamoDBClient;
  /** The names of the copy, and of the table that has lost something. */
  readonly from: string;
  readonly to: string;
  /** Whether to look only. */
  readonly dryRun: boolean;
  readonly now: Date;
  /** Gets a line now and then. */
  readonly say: (line: string) => void;
}

/** Items of the copy by what became of them. */
export interface RestoreReport {
  readonly looked: number;
  readonly missing: number;
  readonly restored: number;
}

/** "BatchGetItem … as many as 100 items" (API Reference). */
const pageSize = 100;
/** Writes under way at a time. */
const writers = 10;
/** Times that keys are asked again which the store left out because it had too much to do. */
const tries = 10;
const sayEvery = 10_000;

/**
 * Puts back what a table has lost, from a copy of it: every item of the copy whose key the table does not have. Nothing that is there is
 * overwritten, also not what is written meanwhile, and what has expired stays away. To run it twice does no harm.
 *
 * @throws Error when the store answers with one, or has too much to do for long; what was put back by then is there
 */
export async function restoreMissing(options: RestoreOptions): Promise<RestoreReport> {
  const { client, from, to, dryRun, now, say } = options;
  const inTurn = pLimit(writers);
  let [looked, missing, restored] = [0, 0, 0];
  for await (const { Items = [] } of paginateScan({ client, pageSize }, { TableName: from, ConsistentRead: true })) {
    const lasting = Items.filter((item) => !hasExpired(item, now));
    const present = await presentKeys(client, to, lasting);
    const lost = lasting.filter((item) => !present.has(keyOf(item)));
    const put = dryRun ? [] : await inTurn.map(lost, (item) => putMissing(client, to, item));
    if (Math.floor((looked + Items.length) / sayEvery) > Math.floor(looked / sayEvery)) say(`${looked + Items.length} items looked at …`);
    looked += Items.length;
    missing += lost.length;
    restored += put.filter(Boolean).length;
  }
  return { looked, missing, restored };
}

/** "Items … with a TTL attribute in the past" are gone or about to be ("Using time to live (TTL) in DynamoDB"). */
const hasExpired = ({ expiresAt }: Item, now: Date) => expiresAt?.N !== undefined && Number(expiresAt.N) * 1000 <= now.getTime();

const keyOf = ({ pk, sk }: Item): string => `${pk?.S}\n${sk?.S}`;

async function presentKeys(client: DynamoDBClient, tableName: string, items: readonly Item[]): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  let keys: Item[] = items.map(({ pk, sk }) => ({ pk, sk }) as Item);
  for (let attempt = 1; keys.length > 0; attempt += 1) {
    if (attempt > tries) throw new Error(`${tableName} leaves out ${keys.length} keys, ${tries} times`);
    const request = { Keys: keys, ProjectionExpression: 'pk, sk', ConsistentRead: true };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems: { [tableName]: request } }));
    for (const item of Responses?.[tableName] ?? []) present.add(keyOf(item));
    keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return present;
}

/** @returns whether it was still missing */
async function putMissing(client: DynamoDBClient, tableName: string, item: Item): Promise<boolean> {
  try {
    await client.send(new PutItemCommand({ TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
