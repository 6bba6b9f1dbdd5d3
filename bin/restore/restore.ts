import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { backoff } from '#table/backoff.ts';
import { articleKey, commentKey, jobKey } from '#table/keys.ts';
import { messageOf, Problem } from '../../local/problem.ts';

type Item = Record<string, AttributeValue>;

export interface RestoreOptions {
  readonly client: DynamoDBClient;
  /** The names of the copy, and of the table that has lost something. */
  readonly from: string;
  readonly to: string;
  /** How the partition keys begin of what may be put back: all do where it is empty. */
  readonly keys: string;
  /** Whether to look only. */
  readonly dryRun: boolean;
  readonly now: Date;
  /** Gets a line now and then. */
  readonly say: (line: string) => void;
}

export interface RestoreReport {
  /** Items of the copy. */
  readonly looked: number;
  /** How many of them the table lacks, by what they are. */
  readonly missing: Readonly<Record<string, number>>;
  readonly restored: number;
}

/** BatchGetItem takes 100 keys, and of each item also that of the comment or article that it belongs to is asked. */
const pageSize = 50;
/** Writes under way at a time. */
const writers = 10;
/** Times that keys are asked again which the store left out because it had too much to do. */
const tries = 10;
const sayEvery = 10_000;

/**
 * Puts back what a table has lost, from a copy of it; nothing that is there is overwritten, also not what is written meanwhile.
 *
 * A comment comes back with all that is kept beside it (reactions, reports, earlier texts), and an article likewise, where it is itself
 * missing. Beside one that is there nothing comes back: what was withdrawn or erased since looks just like what was lost. What has expired
 * stays away, and so do jobs, which would run again. To run it twice does no harm, also after it was cut short.
 *
 * @throws Problem when the store answers with an error, or has too much to do for long; what was put back by then is there
 */
export async function restoreMissing({ client, from, to, keys, dryRun, now, say }: RestoreOptions): Promise<RestoreReport> {
  const inTurn = pLimit(writers);
  const missing: Record<string, number> = {};
  let [looked, restored] = [0, 0];
  /** A comment or an article that comes back itself once all is there that lies beside it: until then the next run knows that it was missing. */
  let owner: Item | undefined;

  async function put(items: readonly Item[]): Promise<void> {
    if (dryRun) return;
    for (const done of await inTurn.map(items, (item) => putMissing(client, to, item))) restored += Number(done);
  }

  async function take(items: readonly Item[]): Promise<void> {
    const lasting = items.filter((item) => textOf(item, 'pk').startsWith(keys) && !hasExpired(item, now) && !isJob(item));
    const { present, stubs } = await presentKeys(client, to, lasting);
    for (const stub of stubs) say(`${stub} is there in part: something below it was counted since it was lost, and it stays as it is`);
    const lost = lasting.filter((item) => !present.has(idOf(item)) && !present.has(idOf(ownerOf(item))));
    for (const item of lost) missing[sortOf(item)] = (missing[sortOf(item)] ?? 0) + 1;
    for (const ofPartition of Map.groupBy(lost, (item) => textOf(item, 'pk')).values()) {
      // A scan reads partition by partition.
      if (owner !== undefined && textOf(owner, 'pk') !== textOf(ofPartition[0] ?? {}, 'pk')) await put([owner]);
      await put(ofPartition.filter((item) => !isOwner(item)));
      owner = ofPartition.find(isOwner) ?? owner;
    }
  }

  try {
    for await (const { Items = [] } of paginateScan({ client, pageSize }, { TableName: from, ConsistentRead: true })) {
      await take(Items);
      looked += Items.length;
      if (Math.floor(looked / sayEvery) > Math.floor((looked - Items.length) / sayEvery)) say(`${looked} items looked at …`);
    }
    if (owner !== undefined) await put([owner]);
  } catch (cause) {
    inTurn.clearQueue();
    throw new Problem(`Stopped after ${looked} items, of which ${restored} were put back: ${messageOf(cause)}`, { cause });
  }
  return { looked, missing, restored };
}

const textOf = (item: Item, name: string): string => item[name]?.S ?? '';
const idOf = (item: Item): string => `${textOf(item, 'pk')}\n${textOf(item, 'sk')}`;

/** What has expired may be there for days until DynamoDB deletes it ("Using time to live (TTL) in DynamoDB"). */
const hasExpired = ({ expiresAt }: Item, now: Date) => expiresAt?.N !== undefined && Number(expiresAt.N) * 1000 <= now.getTime();

const isJob = (item: Item): boolean => textOf(item, 'sk') === jobKey('').sk;

/** What other items of their partitions belong to. */
const owners = [commentKey(''), articleKey('')];

/** The key of the comment or article that an item lies beside, or is; its own key where there is none. */
function ownerOf(item: Item): Item {
  const owner = owners.find(({ pk }) => textOf(item, 'pk').startsWith(pk));
  return { pk: { S: textOf(item, 'pk') }, sk: { S: owner?.sk ?? textOf(item, 'sk') } };
}

const isOwner = (item: Item): boolean => idOf(ownerOf(item)) === idOf(item);

/** What an item is, for people: the beginning of its sort key, or of its partition key where that is an id. */
const sortOf = (item: Item): string =>
  /^[a-z][a-z-]*(?=#|$)/.exec(textOf(item, 'sk'))?.[0] ?? (/^[^#]*/.exec(textOf(item, 'pk'))?.[0] ?? '').toLowerCase();

/** Which of these items the table has, and which of the comments and articles that they lie beside. */
async function presentKeys(client: DynamoDBClient, tableName: string, items: readonly Item[]) {
  const present = new Set<string>();
  /** Partition keys of comments that are nothing but sums. */
  const stubs: string[] = [];
  const asked = items.flatMap((item) => [{ pk: item.pk, sk: item.sk } as Item, ownerOf(item)]);
  let keys = [...new Map(asked.map((key) => [idOf(key), key])).values()];
  for (let attempt = 1; keys.length > 0; attempt += 1) {
    if (attempt > tries) throw new Error(`${tableName} has too much to do`);
    if (attempt > 1) await backoff(attempt);
    const read = { ProjectionExpression: 'pk, sk, #order', ExpressionAttributeNames: { '#order': 'order' }, ConsistentRead: true };
    const request = { Keys: keys, ...read };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems: { [tableName]: request } }));
    for (const item of Responses?.[tableName] ?? []) {
      present.add(idOf(item));
      if (textOf(item, 'sk') === commentKey('').sk && item.order === undefined) stubs.push(textOf(item, 'pk'));
    }
    keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return { present, stubs };
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
