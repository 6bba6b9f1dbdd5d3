import type { TrimmedRecords } from '../engine/engine-program.ts';
import type { MappingPlan } from '../template/mappings.ts';
import { storedPositions } from './checkpoint.ts';
import type { Queue } from './queue.ts';

/** "All data in DynamoDB Streams is subject to a 24-hour lifetime" (Amazon DynamoDB Developer Guide). In milliseconds. */
const lifetime = 24 * 3_600_000;

/** A mapping, and where it keeps what outlives a run. */
export interface MappingAtRest {
  readonly plan: Pick<MappingPlan, 'tableName'>;
  readonly engineStreamArn: string;
  readonly checkpointFile: string;
  readonly failureQueue: Pick<Queue, 'messages'> | undefined;
}

/**
 * Has the engine forget what DynamoDB would: records that are older than a day. Only what every mapping of the table has passed, for while
 * the runtime is down nobody can, and nothing while a failure queue has messages, which name the records that they are about.
 *
 * @param trim lets the engine forget
 * @returns how many records it forgot
 */
export async function trimStreams(
  mappings: readonly MappingAtRest[],
  trim: (records: TrimmedRecords) => number,
  now: Date,
): Promise<number> {
  let trimmed = 0;
  for (const [tableName, ofTable] of Map.groupBy(mappings, ({ plan }) => plan.tableName)) {
    const waiting = await Promise.all(ofTable.map(async ({ failureQueue }) => (await failureQueue?.messages()) ?? []));
    const positions = ofTable.flatMap((mapping) => positionOf(mapping) ?? []);
    const before = lowest(positions);
    if (waiting.flat().length > 0 || positions.length < ofTable.length || before === undefined) continue;
    trimmed += trim({ tableName, before: String(before), olderThan: new Date(now.getTime() - lifetime) });
  }
  return trimmed;
}

/** The sequence number before which a mapping has processed all; none if it has begun nowhere. */
function positionOf({ checkpointFile, engineStreamArn }: MappingAtRest): bigint | undefined {
  const positions = Object.values(storedPositions(checkpointFile, engineStreamArn));
  return lowest(positions.flatMap((position) => ('after' in position ? [BigInt(position.after)] : [])));
}

const lowest = (numbers: readonly bigint[]): bigint | undefined => numbers.toSorted((a, b) => (a < b ? -1 : 1))[0];
