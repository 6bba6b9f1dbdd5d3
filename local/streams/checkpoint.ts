import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { systemCode } from '../problem.ts';
import { replaceDurably } from '../store/durable-file.ts';

const shardPosition = z.union([z.object({ after: z.string() }), z.object({ ended: z.literal(true) })]);
const checkpointFile = z.object({ streamArn: z.string(), shards: z.record(z.string(), shardPosition) });

/** Where a mapping is in a shard: behind a sequence number, or through with it. */
export type ShardPosition = z.output<typeof shardPosition>;

/** Where a mapping is in its stream, kept across runs. */
export interface Checkpoint {
  position(shardId: string): ShardPosition | undefined;
  /** Notes a position; it is written soon after, together with others. */
  advance(shardId: string, position: ShardPosition): void;
  /** Forgets shards that the stream no longer has. */
  keepOnly(shardIds: readonly string[]): void;
  /** Resolves once all that was noted would survive a crash. */
  flush(): Promise<void>;
}

/** Positions are written this often at most, in milliseconds: what a crash takes with it is only delivered once more. */
const pause = 100;

/**
 * Opens the checkpoint of a mapping. One of another stream (a table that was made anew) counts as none.
 * @param onProblem gets a line if what was stored cannot be used or a write fails
 */
export function openCheckpoint(file: string, streamArn: string, onProblem: (line: string) => void): Checkpoint {
  const shards = new Map(Object.entries(read(file, streamArn, onProblem)));
  let dirty = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    timer = undefined;
    writing = writing.then(async () => {
      if (!dirty) return;
      dirty = false;
      try {
        await replaceDurably(file, JSON.stringify({ streamArn, shards: Object.fromEntries(shards) }));
      } catch (error) {
        dirty = true;
        onProblem(`The checkpoint ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    return writing;
  };
  const note = () => {
    dirty = true;
    timer ??= setTimeout(write, pause);
  };
  return {
    position: (shardId) => shards.get(shardId),
    advance(shardId, position) {
      shards.set(shardId, position);
      note();
    },
    keepOnly(shardIds) {
      for (const shardId of [...shards.keys()]) if (!shardIds.includes(shardId) && shards.delete(shardId)) note();
    },
    flush() {
      clearTimeout(timer);
      return write();
    },
  };
}

/** Where a mapping was when it stopped, by shard; nowhere if there is no checkpoint of this stream that can be read. */
export const storedPositions = (file: string, streamArn: string): Readonly<Record<string, ShardPosition>> =>
  read(file, streamArn, () => undefined);

function read(file: string, streamArn: string, onProblem: (line: string) => void): Record<string, ShardPosition> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return {};
    throw error;
  }
  try {
    const stored = checkpointFile.parse(JSON.parse(text));
    if (stored.streamArn === streamArn) return stored.shards;
    onProblem('The table has a new stream: it is read from its beginning');
  } catch {
    onProblem(`The checkpoint ${file} is not readable: the stream is read from its beginning`);
  }
  return {};
}
