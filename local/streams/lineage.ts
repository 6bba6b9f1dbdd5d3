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
  const ended = (shardId: string) => {
    const at = position(shardId);
    return at !== undefined && 'ended' in at;
  };
  if (ended(ShardId)) return false;
  return ParentShardId === undefined || !described.some((shard) => shard.ShardId === ParentShardId) || ended(ParentShardId);
}
