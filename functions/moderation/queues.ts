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

/** A row of a queue: which comment waits, and what else has to be read to show it. */
export interface QueueRow {
  /** The comment's id. */
  order: string;
  parentId?: string;
  /** None once the author's data was erased. */
  author?: string;
}

/** The next rows of one shard; `isLast` when there are no more after them. */
interface Run {
  shard: number;
  rows: QueueRow[];
  isLast: boolean;
}

/**
 * Reads a queue row by row, oldest first: its shards side by side, merged, each read on when its rows have run out.
 * `expected` is how many rows will probably be taken, so that no shard is asked for much more than its share of them.
 */
export async function* rowsOf(
  name: QueueName,
  { after, expected }: { after?: string | undefined; expected: number },
): AsyncGenerator<QueueRow, void> {
  const limit = shareOf(expected);
  const read = async (shard: number, from: string | undefined): Promise<Run> => {
    const rows = await queryIndex<QueueRow>({ index: 'queue', partition: queueShardOf(name, shard), limit, ascending: true, after: from });
    return { shard, rows, isLast: rows.length < limit };
  };
  const runs = await Promise.all(shards.map((shard) => read(shard, after)));
  for (;;) {
    const oldest = runs.reduce((a, b) => (headOf(b) < headOf(a) ? b : a));
    const row = oldest.rows.shift();
    if (row === undefined) return;
    yield row;
    if (oldest.rows.length === 0 && !oldest.isLast) Object.assign(oldest, await read(oldest.shard, row.order));
  }
}

/** The id that a run goes on with; after its end, what sorts behind every id. */
const headOf = ({ rows }: Run): string => rows[0]?.order ?? '~';

/** Takes rows, as many as there are up to `count`. */
export async function takeRows(rows: AsyncGenerator<QueueRow, void>, count: number): Promise<QueueRow[]> {
  const taken: QueueRow[] = [];
  while (taken.length < count) {
    const next = await rows.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

/**
 * How many of the oldest `count` rows to ask one shard for: its share, and three standard deviations on top. Ids spread over the
 * shards by chance, so one shard in a thousand has more.
 */
const shareOf = (count: number): number => {
  const share = 1 / queueShards;
  return Math.ceil(count * share + 3 * Math.sqrt(count * share * (1 - share)));
};
