import { type QueueName, queueNames } from '#comments/rules/contribution.ts';
import { getItems } from '#table/get.ts';
import { type Key, queueShardOf, queueShards, queueTallyKey } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';

const shards = Array.from({ length: queueShards }, (_, shard) => shard);

/** How many comments wait in each queue, as settling has counted them. */
export async function queueSizes(): Promise<{ name: QueueName; size: number }[]> {
  const keys = queueNames.flatMap((name) => shards.map((shard) => queueTallyKey(queueShardOf(name, shard))));
  const sizes = new Map((await getItems<Key & { size: number }>(keys)).map(({ pk, size }) => [pk, size]));
  return queueNames.map((name) => ({
    name,
    size: shards.reduce((sum, shard) => sum + (sizes.get(queueTallyKey(queueShardOf(name, shard)).pk) ?? 0), 0),
  }));
}

/** Reads the oldest `limit` rows of a queue after a position: one query per shard, merged. */
export async function readQueue<T extends { order: string }>(name: QueueName, limit: number, after: string | undefined): Promise<T[]> {
  const parts = await Promise.all(
    shards.map((shard) => queryIndex<T>({ index: 'queue', partition: queueShardOf(name, shard), limit, ascending: true, after })),
  );
  return parts
    .flat()
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, limit);
}
