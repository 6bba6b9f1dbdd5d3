import { execFile } from 'node:child_process';
import { BatchWriteItemCommand, CreateTableCommand, DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { toAttributes } from '#table/attributes.ts';
import { table, tableName } from '#table/client.ts';
import { commentKey } from '#table/keys.ts';
import { restoreMissing } from '../../bin/restore/restore.ts';
import { comment, openNewsroom, publish, read, recountAs } from '../support/newsroom.ts';
import { prose } from '../support/prose.ts';
import { scanTable } from '../support/table.ts';

const copy = `${tableName}-restored`;
const now = new Date();
let settle: () => Promise<void>;

/** Restores the table beside itself, as it is now. */
async function makeCopy(): Promise<void> {
  await table.send(
    new CreateTableCommand({
      TableName: copy,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    }),
  );
  const { Items = [] } = await table.send(new ScanCommand({ TableName: tableName }));
  await write(Items);
}

async function write(items: Record<string, unknown>[]): Promise<void> {
  for (let n = 0; n < items.length; n += 25) {
    const requests = items.slice(n, n + 25).map((Item) => ({ PutRequest: { Item } }));
    await table.send(new BatchWriteItemCommand({ RequestItems: { [copy]: requests as never } }));
  }
}

const lose = (id: string) => table.send(new DeleteItemCommand({ TableName: tableName, Key: toAttributes(commentKey(id)) }));
const restore = (dryRun = false) => restoreMissing({ client: table, from: copy, to: tableName, dryRun, now, say: () => undefined });
const shown = async (id: string) => read(`/v1/articles/a/comments/${id}`);

let first: string;
let reply: string;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a');
  first = await comment('ann', 'a', prose);
  await settle();
  reply = await comment('ben', 'a', `An answer. ${prose}`, first);
  for (let n = 0; n < 150; n += 1) await comment(`member-${n}`, 'a', `Comment ${n}`);
  await settle();
  await makeCopy();
});

describe('restoring', () => {
  it('puts back what was lost as it was, and the counts agree', async () => {
    const before = await Promise.all([first, reply].map(async (id) => (await shown(id)).json));
    await lose(first);
    await lose(reply);
    const later = await comment('cyn', 'a', 'Posted since');
    await settle();

    expect(await restore(true)).toMatchObject({ missing: 2, restored: 0 });
    expect((await shown(first)).status).toBe(404);
    const { looked, ...found } = await restore();
    expect(found).toEqual({ missing: 2, restored: 2 });
    expect(looked).toBeGreaterThan(300);
    await settle();

    expect(await Promise.all([first, reply].map(async (id) => (await shown(id)).json))).toEqual(before);
    expect((await shown(later)).json.body).toBe('Posted since');
    expect((await recountAs('boss', ['admin'], 'a')).json).toMatchObject({ drift: 0 });
    expect(await restore()).toMatchObject({ missing: 0, restored: 0 });
  });

  it('overwrites nothing, and leaves away what has expired', async () => {
    const seconds = Math.floor(now.getTime() / 1000);
    await write([
      toAttributes({ pk: 'X#there', sk: 'x', said: 'before' }),
      toAttributes({ pk: 'X#gone', sk: 'x', expiresAt: seconds - 1 }),
      toAttributes({ pk: 'X#lasting', sk: 'x', expiresAt: seconds + 1_000 }),
    ]);
    await table.send(
      new BatchWriteItemCommand({
        RequestItems: { [tableName]: [{ PutRequest: { Item: toAttributes({ pk: 'X#there', sk: 'x', said: 'since' }) } }] },
      }),
    );

    expect(await restore()).toMatchObject({ missing: 1, restored: 1 });

    const items = (await scanTable<{ pk: string; said?: string }>()).filter(({ pk }) => pk.startsWith('X#'));
    expect(items.map(({ pk, said }) => [pk, said]).sort()).toEqual([
      ['X#lasting', undefined],
      ['X#there', 'since'],
    ]);
  });
});

describe('npm run restore', () => {
  const run = (...given: string[]) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, ['bin/restore.ts', ...given], (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  it('says what is missing, and refuses wrong usage and tables that are not there', async () => {
    expect(await run('--from', copy, '--to', tableName, '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+ items looked at, 0 missing, 0 put back\.\n$/),
    });
    expect(await run('--from', copy)).toMatchObject({ code: 2, stderr: expect.stringContaining('npm run restore') });
    expect(await run('--from', copy, '--to', copy)).toMatchObject({ code: 2, stderr: expect.stringContaining('the same table') });
    expect(await run('--from', 'no-such-table', '--to', tableName)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not.*found|non-existent/i),
    });
  });
});
