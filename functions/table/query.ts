import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { fromAttributes, toAttributes } from './attributes.ts';
import { table, tableName } from './client.ts';
import { type IndexName, indexSort } from './keys.ts';

/** One page of an index partition. */
export interface IndexPage {
  index: IndexName;
  /** Value of the partition attribute. */
  partition: string;
  /** Items at most, 1–101. */
  limit: number;
  /** `false` reads the newest first. */
  ascending: boolean;
  /** The sort position after which to go on; the partition never comes from outside. */
  after?: string | undefined;
  /** Sort positions to read between, both included, instead of going on from one. */
  between?: readonly [from: string, to: string];
  /** The attributes to read of each item; without them, all that the index carries. */
  attributes?: readonly string[];
}

/** Builds the query of one page; pure. The cursor is a sort condition, so there is no start key to forge. */
export function buildIndexQuery(page: IndexPage): QueryCommandInput {
  const { condition, values } = positionOf(page);
  const { attributes = [] } = page;
  const read = attributes.map((name) => `#${name}`);
  return {
    TableName: tableName,
    IndexName: page.index,
    KeyConditionExpression: `#partition = :partition${condition && ` AND #sort ${condition}`}`,
    ...(read.length > 0 && { ProjectionExpression: read.join() }),
    ExpressionAttributeNames: {
      '#partition': page.index,
      ...(condition && { '#sort': indexSort[page.index] }),
      ...Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: toAttributes({ ':partition': page.partition, ...values }),
    ScanIndexForward: page.ascending,
    Limit: page.limit,
  };
}

function positionOf({ after, between, ascending }: IndexPage): { condition: string; values: Record<string, string> } {
  if (between !== undefined) return { condition: 'BETWEEN :from AND :to', values: { ':from': between[0], ':to': between[1] } };
  return after === undefined
    ? { condition: '', values: {} }
    : { condition: ascending ? '> :after' : '< :after', values: { ':after': after } };
}

/** Reads one page of an index: `limit` items, or fewer only where there are no more. */
export const queryIndex = <T>(page: IndexPage): Promise<T[]> => queryItems(buildIndexQuery(page), page.limit);

/** Reads the items of one base partition whose sort keys begin alike, at most `limit` of them, from after the sort key `after` on. */
export const queryPrefix = <T>(
  partition: { pk: string },
  prefix: string,
  { limit, after }: { limit: number; after?: string },
): Promise<T[]> =>
  queryItems(
    {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: toAttributes({ ':pk': partition.pk, ':prefix': prefix }),
      ...(after !== undefined && { ExclusiveStartKey: toAttributes({ pk: partition.pk, sk: after }) }),
      ConsistentRead: true,
    },
    limit,
  );

/**
 * Reads the items of one base partition by their sort keys, at most `limit` of them, from after the sort key `after` on;
 * backwards where `ascending` is false.
 */
export const queryPartition = <T>(
  partition: { pk: string },
  {
    limit,
    consistent = false,
    after = '',
    ascending = true,
  }: { limit: number; consistent?: boolean; after?: string | undefined; ascending?: boolean },
): Promise<T[]> =>
  queryItems(
    {
      TableName: tableName,
      KeyConditionExpression: after === '' ? 'pk = :pk' : `pk = :pk AND sk ${ascending ? '>' : '<'} :after`,
      ExpressionAttributeValues: toAttributes({ ':pk': partition.pk, ...(after !== '' && { ':after': after }) }),
      ConsistentRead: consistent,
      ScanIndexForward: ascending,
    },
    limit,
  );

/**
 * Reads so many items of a query, or fewer only where there are no more. One query, unless the items are so large that DynamoDB stops at
 * a megabyte (Developer Guide, "Paginating table query results").
 */
async function queryItems<T>(query: QueryCommandInput, limit: number): Promise<T[]> {
  const items: T[] = [];
  for (let start = query.ExclusiveStartKey; ; ) {
    const answer = await table.send(new QueryCommand({ ...query, Limit: limit - items.length, ExclusiveStartKey: start }));
    items.push(...itemsOf<T>(answer));
    start = answer.LastEvaluatedKey;
    if (start === undefined || items.length >= limit) return items;
  }
}

const itemsOf = <T>({ Items = [] }: QueryCommandOutput): T[] => Items.map(fromAttributes<T>);
