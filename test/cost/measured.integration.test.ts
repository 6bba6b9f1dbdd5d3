import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, it } from 'vitest';
import { fromAttributes } from '#table/attributes.ts';
import { table, tableName } from '#table/client.ts';
import measured from '../../bin/cost/measured.json' with { type: 'json' };
import { indexes } from '../../lib/indexes.ts';
import { ageCaches, holdCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, openNewsroom, publish } from '../support/newsroom.ts';
import { unitsOf } from '../support/units.ts';

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
