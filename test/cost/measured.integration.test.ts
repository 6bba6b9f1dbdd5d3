import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, it, vi } from 'vitest';
import { announceBatch } from '#events/announce-batch.ts';
import { fromAttributes } from '#table/attributes.ts';
import { table, tableName } from '#table/client.ts';
import measured from '../../bin/cost/measured.json' with { type: 'json' };
import { handler as keepHouse } from '../../functions/housekeeping.ts';
import { indexes } from '../../lib/indexes.ts';
import { ageCaches, holdCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { collectLines, metricsOf } from '../support/log-lines.ts';
import { comment, openNewsroom, publish, read } from '../support/newsroom.ts';
import { unitsOf } from '../support/units.ts';

vi.hoisted(() => {
  process.env.AWS_LAMBDA_LOG_LEVEL = 'INFO';
});

const takeLines = collectLines();
let settle: () => Promise<void>;
const text = (start: string) => `${start} ${'word '.repeat(100)}`.slice(0, 500).trim().padEnd(500, '.');

beforeAll(async () => {
  holdCaches();
  settle = await openNewsroom();
  await publish('a1');
});

it('a comment costs no more units, and keeps no more bytes, than a month is priced with', async () => {
  const before = await storedBytes();
  await ageCaches();
  const units = await unitsOf(async () => {
    await comment('ann', 'a1', text('priced'));
    await settle();
  });

  expect(units.write).toBeLessThanOrEqual(measured.comment.writeUnits);
  expect(units.read).toBeLessThanOrEqual(measured.comment.readUnits);

  expect((await storedBytes()) - before).toBeLessThanOrEqual(measured.comment.storedBytes);
});

it('a page of 20 costs no more units, and no more bytes, than a month is priced with', async () => {
  await publish('page');
  for (let n = 0; n < 20; n += 1) await comment(`member-${n}`, 'page', text(String(n)));
  await settle();
  await ageCaches();
  await call('GET /v1/articles/page/comments', { query: { limit: '1' } });

  const units = await unitsOf(async () => {
    const page = await call('GET /v1/articles/page/comments');
    expect(page.json.items).toHaveLength(20);
    expect(JSON.stringify(page.json).length).toBeLessThanOrEqual(measured.page.bytes);
  });

  expect(units.read).toBeLessThanOrEqual(measured.page.readUnits);
});

it('measures no more, in hours with comments, with readers alone, and with nobody, than a month is priced with', async () => {
  const commenting = [
    await metricsLeftBy(() => publish('watched')),
    await metricsLeftBy(() => comment('ann', 'watched', 'Watched.')),
    await metricsLeftBy(settle),
    await metricsLeftBy(() => announceBatch([])),
  ];
  const paths: `/${string}`[] = ['/v1/articles/watched/comments', '/v1/articles/watched', '/v1/counts?articles=watched'];
  const reading = [];
  for (const path of paths) reading.push(await metricsLeftBy(() => read(path)));
  const always = await metricsLeftBy(keepHouse);

  const sizeOf = (sets: Set<string>[]) => new Set(sets.flatMap((each) => [...each])).size;
  expect({ always: always.size, reading: sizeOf(reading), commenting: commenting.reduce((sum, { size }) => sum + size, 0) }).toEqual(
    measured.monitoring.metrics,
  );
});

/** The metrics of one function's work, each by its name and what it is measured by. */
async function metricsLeftBy(work: () => Promise<unknown>): Promise<Set<string>> {
  await ageCaches();
  takeLines();
  await work();
  return new Set(takeLines().flatMap((line) => Object.entries(metricsOf(line)).map(([name, { by }]) => `${name} ${JSON.stringify(by)}`)));
}

/** What the table and its indexes hold, with the 100 bytes that each row is charged beside its own ("Storage", DynamoDB Developer Guide). */
async function storedBytes(): Promise<number> {
  let bytes = 0;
  for (const index of [undefined, ...Object.keys(indexes)]) {
    const page = await table.send(new ScanCommand({ TableName: tableName, ...(index !== undefined && { IndexName: index }) }));
    expect(page.LastEvaluatedKey).toBeUndefined();
    for (const item of page.Items ?? []) bytes += JSON.stringify(fromAttributes(item)).length + 100;
  }
  return bytes;
}
