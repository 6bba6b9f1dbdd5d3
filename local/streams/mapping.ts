import { setTimeout as delay } from 'node:timers/promises';
import { DescribeStreamCommand, type DynamoDBStreamsClient, type Shard as ShardDescription } from '@aws-sdk/client-dynamodb-streams';
import type { Chaos } from '../chaos/chaos.ts';
import type { LambdaFunction } from '../lambda/function.ts';
import { messageOf } from '../problem.ts';
import type { MappingPlan } from '../template/mappings.ts';
import { openCheckpoint } from './checkpoint.ts';
import { type Discarded, deliver } from './delivery.ts';
import { failureMessage } from './failure-message.ts';
import { compileFilter } from './filter/pattern.ts';
import { expectsMore, mayBegin } from './lineage.ts';
import type { Queue } from './queue.ts';
import type { RecentPages } from './recent-pages.ts';
import { type Shard, startShard } from './shard.ts';
import { shardReader } from './shard-reader.ts';

/**
 * How often the stream is asked for its shards while another is to be expected, in milliseconds, and not at all otherwise: an engine looks
 * through all records of a shard to tell where it begins and ends, a tenth of a second for 100,000, and takes no write meanwhile.
 */
const discoveryInterval = 10_000;
/** How long an invocation under way may take when the mapping stops, in milliseconds. */
const patience = 5000;

export interface MappingOptions {
  readonly plan: MappingPlan;
  readonly function: LambdaFunction;
  readonly client: DynamoDBStreamsClient;
  /** The stream as the engine calls it, and as records call it. */
  readonly engineStreamArn: string;
  readonly streamArn: string;
  readonly region: string;
  /** What was read last, by whichever mapping. */
  readonly recent: RecentPages;
  readonly checkpointFile: string;
  readonly failureQueue: Queue | undefined;
  readonly chaos: Chaos | undefined;
  readonly onProblem: (line: string) => void;
}

/** An event source mapping at work. */
export interface Mapping {
  /** Settles once every shard is idle, and none had anything to do since the first was. */
  idle(): Promise<void>;
  /** How many times anything was read or finished. */
  activity(): number;
  /** Lets batches under way come to a rest, and writes down where it is. */
  stop(): Promise<void>;
}

/** Reads a table's stream into a function ("How Lambda processes records from stream and queue-based event sources"). */
export async function startMapping(options: MappingOptions): Promise<Mapping> {
  const { plan, client, engineStreamArn, chaos, onProblem } = options;
  const stop = new AbortController();
  const checkpoint = openCheckpoint(options.checkpointFile, engineStreamArn, onProblem);
  const since = Date.now();
  const matches = compileFilter(plan.patterns);
  const shards = new Map<string, Shard>();
  let ended = 0;
  let expecting = true;

  async function discover(): Promise<void> {
    expecting = true;
    const described = await describeShards(client, engineStreamArn);
    checkpoint.keepOnly(described.map(({ ShardId = '' }) => ShardId));
    for (const shard of described) if (mayBegin(shard, described, checkpoint.position)) begin(shard.ShardId ?? '');
    expecting = expectsMore(described, checkpoint.position);
  }

  function begin(shardId: string): void {
    if (shards.has(shardId)) return;
    const position = checkpoint.position(shardId);
    const after = position !== undefined && 'after' in position ? position.after : undefined;
    const place = { region: options.region, streamArn: options.streamArn };
    const reader = shardReader({ client, streamArn: engineStreamArn, shardId, place, recent: options.recent, after, onProblem });
    const shard = startShard({
      ...{ shardId, reader, after, rules: plan, checkpoint, matches, signal: stop.signal, onProblem },
      deliver: (records, acknowledge) =>
        deliver(chaos?.mix(records) ?? records, {
          ...{ plan, since },
          invoke: (event) => chaos?.invoke(options.function, event) ?? options.function.invoke(event),
          acknowledge,
          discard: (discarded) => discard(discarded, shardId, options),
          onProblem,
          wait: (milliseconds) => delay(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined),
          stopping: () => stop.signal.aborted,
        }),
    });
    shards.set(shardId, shard);
    void shard.finished.then(() => {
      if (stop.signal.aborted) return;
      shards.delete(shardId);
      ended += 1;
      // Once more a while later: of two that follow it, one may be told before the other.
      void discoverOrSay().then(() => {
        expecting = true;
      });
    });
  }

  async function discoverOrSay(): Promise<void> {
    await discover().catch((error) => onProblem(`The stream of ${plan.tableName} cannot be described: ${messageOf(error)}`));
  }

  await discover();
  const discovery = setInterval(() => {
    if (expecting || [...shards.values()].some((shard) => shard.failing())) void discoverOrSay();
  }, discoveryInterval);
  const activity = () => [...shards.values()].reduce((sum, shard) => sum + shard.activity(), ended);
  return {
    activity,
    async idle() {
      for (let before = -1; before !== activity(); ) {
        before = activity();
        await Promise.all([...shards.values()].map((shard) => shard.idle()));
      }
    },
    async stop() {
      clearInterval(discovery);
      stop.abort();
      const atRest = Promise.all([...shards.values()].map((shard) => shard.finished));
      await Promise.race([atRest, delay(patience, undefined, { ref: false })]);
      await checkpoint.flush();
    },
  };
}

async function describeShards(client: DynamoDBStreamsClient, streamArn: string): Promise<ShardDescription[]> {
  const shards: ShardDescription[] = [];
  let start: string | undefined;
  do {
    const { StreamDescription } = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ...(start && { ExclusiveStartShardId: start }) }),
    );
    shards.push(...(StreamDescription?.Shards ?? []));
    start = StreamDescription?.LastEvaluatedShardId;
  } while (start !== undefined);
  return shards;
}

async function discard(discarded: Discarded, shardId: string, options: MappingOptions): Promise<void> {
  const { plan, failureQueue, onProblem, streamArn } = options;
  const { records, condition } = discarded;
  onProblem(
    `${plan.functionName} could not process ${records.length} records: ${condition}${failureQueue ? `, see ${plan.failureQueue}` : ''}`,
  );
  await failureQueue?.send(failureMessage(discarded, { functionArn: options.function.plan.arn, streamArn, shardId }));
}
