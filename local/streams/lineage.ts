import type { Shard } from '@aws-sdk/client-dynamodb-streams';
import type { ShardPosition } from './checkpoint.ts';

/**
 * Whether a shard may be read now: "an application must always process a parent shard before it processes a child shard" ("Reading and
 * processing a stream", Amazon DynamoDB Developer Guide), for the last record of an item in the one comes before its first in the other.
 * A parent that the stream no longer has is over.
 */
export function mayBegin(
  { ShardId = '', ParentShardId }: Shard,
  described: readonly Shard[],
  position: (shardId: string) => ShardPosition | undefined,
): boolean {
  if (hasEnded(position(ShardId))) return false;
  return ParentShardId === undefined || !described.some((shard) => shard.ShardId === ParentShardId) || hasEnded(position(ParentShardId));
}

/**
 * Whether a shard is to be expected before one that is read ends: the stream has none yet, or has not told what follows one that is through.
 * Every other shard comes of one that is closed for it ("Reading and processing a stream").
 */
export function expectsMore(described: readonly Shard[], position: (shardId: string) => ShardPosition | undefined): boolean {
  const parents = new Set(described.map(({ ParentShardId }) => ParentShardId));
  return described.length === 0 || described.some(({ ShardId = '' }) => hasEnded(position(ShardId)) && !parents.has(ShardId));
}

const hasEnded = (position: ShardPosition | undefined) => position !== undefined && 'ended' in position;
