import { execFile } from 'node:child_process';
import { BatchWriteItemCommand, CreateTableCommand, DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { toAttributes } from '#table/attributes.ts';
import { table, tableName } from '#table/client.ts';
import { commentKey, type Key } from '#table/keys.ts';
import { type RestoreOptions, restoreMissing } from '../../bin/restore/restore.ts';
import { call } from '../support/call.ts';
import { comment, moderate, openNewsroom, publish, read, recountAs } from '../support/newsroom.ts';
import { prose } from '../support/prose.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

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

/** Loses a comment and whatever lies beside it. */
async function lose(id: string): Promise<void> {
  const beside = (await scanTable<Key>()).filter(({ pk }) => pk === commentKey(id).pk);
  for (const { pk, sk } of beside) await table.send(new DeleteItemCommand({ TableName: tableName, Key: toAttributes({ pk, sk }) }));
}
const restore = (more: Partial<RestoreOptions> = {}) =>
  restoreMissing({ client: table, from: copy, to: tableName, keys: '', dryRun: false, now, say: () => undefined, ...more });
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
  const edit = { token: await tokenOf('ann'), body: { body: `${prose} Indeed.` }, headers: { 'if-match': '*' } };
  expect((await call(`PATCH /v1/articles/a/comments/${first}`, edit)).status).toBe(200);
  const like = { token: await tokenOf('dee'), body: { kind: 'like' } };
  expect((await call(`PUT /v1/articles/a/comments/${first}/reaction`, like)).status).toBe(200);
  await settle();
  await makeCopy();
});

describe('restoring', () => {
  it('puts back what was lost as it was, with all that lay beside it, and the counts agree', async () => {
    const before = await Promise.all([first, reply].map(async (id) => (await shown(id)).json));
    for (const id of [first, reply]) await lose(id);
    const later = await comment('cyn', 'a', 'Posted since');
    await settle();

    const missing = { comment: 2, reaction: 1, revision: 1 };
    expect(await restore({ dryRun: true })).toMatchObject({ missing, restored: 0 });
    expect(await restore({ dryRun: true, keys: commentKey(first).pk })).toMatchObject({
      missing: { comment: 1, reaction: 1, revision: 1 },
    });
    expect((await shown(first)).status).toBe(404);
    const { looked, ...found } = await restore();
    expect(found).toEqual({ missing, restored: 4 });
    expect(looked).toBeGreaterThan(300);
    await settle();

    expect(await Promise.all([first, reply].map(async (id) => (await shown(id)).json))).toEqual(before);
    expect((await shown(later)).json.body).toBe('Posted since');
    expect((await recountAs('boss', ['admin'], 'a')).json).toMatchObject({ drift: 0 });
    expect((await moderate(`/v1/moderation/comments/a/${first}`)).json.edits).toHaveLength(1);
    expect(await restore()).toMatchObject({ missing: {}, restored: 0 });
  });

  it('goes on where it was cut short, before the comment itself came back', async () => {
    await lose(first);
    let puts = 0;
    const send = async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'PutItemCommand' && ++puts === 2) throw new Error('out of reach');
      return table.send(command as never);
    };
    const client = Object.create(table, { send: { value: send } });
    await expect(restore({ client })).rejects.toThrow('out of reach');

    expect((await shown(first)).status).toBe(404);
    await restore();
    expect((await shown(first)).json.body).toContain('The minister');
    expect((await scanTable<{ pk: string }>()).filter(({ pk }) => pk === commentKey(first).pk)).toHaveLength(3);
  });

  it('says which comments it cannot put back, because a reply was counted below nothing', async () => {
    await lose(first);
    await table.send(
      new PutItemCommand({ TableName: tableName, Item: toAttributes({ ...commentKey(first), shownChildren: -1, version: 1 }) }),
    );
    const said: string[] = [];
    expect(await restore({ say: (line) => said.push(line) })).toMatchObject({ missing: {} });
    expect(new Set(said)).toEqual(new Set([expect.stringContaining(`${commentKey(first).pk} is there in part`)]));
    await table.send(new DeleteItemCommand({ TableName: tableName, Key: toAttributes(commentKey(first)) }));
    expect(await restore()).toMatchObject({ missing: { comment: 1, reaction: 1, revision: 1 }, restored: 3 });
  });

  it('brings back nothing that was withdrawn, erased or deleted on purpose', async () => {
    const token = await tokenOf('ann');
    await call(`DELETE /v1/articles/a/comments/${first}/reaction`, { token: await tokenOf('dee') });
    await call(`DELETE /v1/articles/a/comments/${first}`, { token });
    await settle();

    expect(await restore()).toMatchObject({ missing: {}, restored: 0 });
    expect((await moderate(`/v1/moderation/comments/a/${first}`)).json.edits).toEqual([]);
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

    expect(await restore()).toMatchObject({ missing: { x: 1 }, restored: 1 });

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
      stdout: expect.stringMatching(/^\d+ items looked at\. Missing: none\. Put back: 0\.\n$/),
    });
    expect(await run('--from', copy)).toMatchObject({ code: 2, stderr: expect.stringContaining('npm run restore') });
    expect(await run('--from', copy, '--to', copy)).toMatchObject({ code: 2, stderr: expect.stringContaining('the same table') });
    expect(await run('--from', 'no-such-table', '--to', tableName)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Stopped after 0 items.*(not found|non-existent)/i),
    });
  });
});
