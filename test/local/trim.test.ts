import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrimmedRecords } from '../../local/engine/engine-program.ts';
import { openCheckpoint, type ShardPosition } from '../../local/streams/checkpoint.ts';
import { type MappingAtRest, trimStreams } from '../../local/streams/trim.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-trim-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const engineStreamArn = 'arn:1';
const now = new Date('2026-11-24T12:00:00.000Z');

/** A mapping that stopped at these positions; `waiting` is in its failure queue. */
async function mapping(
  name: string,
  positions: ShardPosition[],
  { tableName = 'Notes', stream = engineStreamArn, waiting = [] as string[] } = {},
) {
  const checkpointFile = join(directory, `${name}.json`);
  const checkpoint = openCheckpoint(checkpointFile, stream, () => undefined);
  for (const [n, position] of positions.entries()) checkpoint.advance(`shard-${n}`, position);
  await checkpoint.flush();
  return { plan: { tableName }, engineStreamArn, checkpointFile, failureQueue: { messages: async () => waiting } } satisfies MappingAtRest;
}

async function trimmed(...mappings: MappingAtRest[]): Promise<TrimmedRecords[]> {
  const asked: TrimmedRecords[] = [];
  const trim = (records: TrimmedRecords) => {
    asked.push(records);
    return 10;
  };
  expect(await trimStreams(mappings, trim, now)).toBe(asked.length * 10);
  return asked;
}

test('what every mapping of a table has passed is forgotten once it is a day old', async () => {
  const [settling, announcing] = [await mapping('settling', [{ after: '1000' }]), await mapping('announcing', [{ after: '999' }])];
  const other = await mapping('other', [{ after: '7' }], { tableName: 'Others' });
  const olderThan = new Date('2026-11-23T12:00:00.000Z');

  expect(await trimmed(settling, announcing, other)).toEqual([
    { tableName: 'Notes', before: '999', olderThan },
    { tableName: 'Others', before: '7', olderThan },
  ]);
});

test('of several shards the one that is farthest behind counts, and one that is through does not', async () => {
  const positions = [{ after: '90' }, { after: '123456789012345678901' }, { ended: true as const }];
  expect(await trimmed(await mapping('settling', positions))).toMatchObject([{ before: '90' }]);
});

test('nothing is forgotten that a mapping has not begun with, or that a message tells of', async () => {
  const settling = await mapping('settling', [{ after: '1000' }]);
  expect(await trimmed(settling, await mapping('nowhere', []))).toEqual([]);
  expect(await trimmed(settling, await mapping('of another stream', [{ after: '1' }], { stream: 'arn:0' }))).toEqual([]);
  expect(await trimmed(settling, await mapping('failed', [{ after: '1000' }], { waiting: ['{}'] }))).toEqual([]);
  expect(await trimmed(settling, { ...settling, checkpointFile: join(directory, 'none.json') })).toEqual([]);
});
