import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAttributes } from '#table/attributes.ts';
import { articleTallyKey } from '#table/keys.ts';
import { localCredentials } from '../../local/engine/credentials.ts';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { signToken, siteSecret } from '../../local/token.ts';
import { type Client, client, desk, eventually } from './client.ts';

const directory = mkdtempSync(join(tmpdir(), 'understory-recount-'));
let runtime: Runtime;
let ask: Client;
let table: DynamoDBClient;

const countOf = async (articleId: string): Promise<number> => (await ask(`GET /v1/counts?articles=${articleId}`)).json.counts[articleId];

beforeAll(async () => {
  runtime = await startRuntime({ port: 0, dataDir: join(directory, 'store') });
  ask = client(runtime.url);
  table = new DynamoDBClient({ endpoint: runtime.engineUrl, region: 'us-east-1', credentials: localCredentials });
  for (const articleId of ['first', 'second']) {
    await ask(`PUT /v1/articles/${articleId}`, { as: desk, body: { title: articleId } });
    await ask(`POST /v1/articles/${articleId}/comments`, { as: { sub: 'ada' }, body: { body: `A comment on the ${articleId} story.` } });
  }
  await runtime.drained();
});

afterAll(async () => {
  table?.destroy();
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Adds to a tally behind everybody's back. */
const damage = (articleId: string, more: number) =>
  table.send(
    new UpdateItemCommand({
      ...{ TableName: runtime.tables[0], Key: toAttributes(articleTallyKey(articleId)) },
      ...{ UpdateExpression: 'ADD approved :more', ExpressionAttributeValues: toAttributes({ ':more': more }) },
    }),
  );

function command(given: string[], environment: Record<string, string> = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; stdout: string; stderr: string }>();
  const env = { ...process.env, ...environment };
  execFile(process.execPath, ['bin/recount.ts', ...given], { env }, (error, stdout, stderr) =>
    resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
  );
  return promise;
}

describe('npm run recount', () => {
  it('finds and mends a wrong tally, tells it by article, and ends with 1', async () => {
    await damage('second', 4);
    const found = await command(['first', 'second', '--url', `${runtime.url}/`]);

    expect(found).toEqual({
      ...{ code: 1, stderr: '' },
      stdout: [
        'first  drift 0: 1 approved',
        'second  drift 4, mended: 5 approved was, 1 approved is',
        '2 recounted: drift 4 in 1 of them, mended.',
        '',
      ].join('\n'),
    });
    expect(
      await eventually(
        () => countOf('second'),
        (count) => count === 1,
      ),
    ).toBe(1);
  });

  it('goes through all articles, and ends with 0 where nothing has drifted', async () => {
    const { code, stdout } = await command(['--all', '--url', runtime.url]);

    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([0, '2 recounted: no drift.']);
  });

  it('ends with 2 where an article cannot be recounted, and recounts the others all the same', async () => {
    const { code, stdout } = await command(['nowhere', 'first', '--url', runtime.url]);

    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^nowhere {2}not recounted: .*404.*\nfirst {2}drift 0: 1 approved\n1 recounted: no drift; 1 could not be recounted\.\n$/,
    );
  });

  it('shows the token that it is given, and is refused where it is no admin’s', async () => {
    const UNDERSTORY_TOKEN = await signToken({ sub: 'ada', name: 'Ada' }, siteSecret());
    const { code, stdout } = await command(['first', '--url', runtime.url], { UNDERSTORY_TOKEN });

    expect(code).toBe(2);
    expect(stdout).toContain('403');
  });

  it.each([[], ['first', '--all'], ['--nope'], ['first', '--url', 'here']])('ends with 2 on wrong usage (%#)', async (...given) => {
    expect(await command(given)).toMatchObject({ code: 2, stderr: expect.stringContaining('npm run recount -- ARTICLE') });
  });
});
