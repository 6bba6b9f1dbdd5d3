import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signatureOf } from '#http/signature.ts';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { signingSecret } from '../../local/secrets.ts';
import { admin, type Client, client, desk, mo } from './client.ts';

/** The check that docs/checks.md gives to copy, run as it says. */
const [, example = ''] = /```js\n(.*?)```/s.exec(readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8')) ?? [];

const directory = mkdtempSync(join(tmpdir(), 'understory-checks-'));
let runtime: Runtime;
let ask: Client;
let check: ChildProcess;
let checkUrl: string;

beforeAll(async () => {
  writeFileSync(join(directory, 'check.mjs'), example);
  check = spawn(process.execPath, ['check.mjs'], {
    cwd: directory,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (check.stdout === null) throw new Error('the check says nothing');
  [checkUrl] = await once(createInterface(check.stdout), 'line');
  runtime = await startRuntime({ port: 0, dataDir: join(directory, 'store') });
  ask = client(runtime.url);
});

afterAll(async () => {
  check?.kill();
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

it('a check that is written as the documentation says takes part in screening', async () => {
  const checks = [{ name: 'shouting', url: checkUrl, timeoutMs: 5_000, onFailure: 'spam' }];
  expect((await ask('PUT /v1/moderation/policy', { as: admin, body: { checks }, headers: { 'if-match': '*' } })).status).toBe(200);
  await ask('PUT /v1/articles/a', { as: desk, body: { title: 'A' } });
  const post = async (body: string) => (await ask('POST /v1/articles/a/comments', { as: { sub: 'ann' }, body: { body } })).json.id;
  const [calm, loud] = [await post('I doubt it.'), await post('Well. Listen to me!!!')];
  await runtime.drained();

  expect((await ask(`GET /v1/articles/a/comments/${calm}`)).status).toBe(200);
  const { items } = (await ask('GET /v1/moderation/queues/held', { as: mo })).json;
  const rules = [{ rule: 'check:shouting', action: 'hold', evidence: 'shouts “Listen to me!!!”' }];
  expect(items).toMatchObject([{ id: loud, verdict: { outcome: 'held', rules } }]);
});

it('it answers nobody who cannot sign, or who sends again what was signed long ago', async () => {
  const body = '{"body":"Listen to me!!!"}';
  const now = new Date();
  const send = async (headers: Record<string, string>) => (await fetch(checkUrl, { method: 'POST', body, headers })).status;
  const signed = (secret: string, at: Date) => ({ 'understory-signature': signatureOf(body, secret, at) });

  expect(await send(signed(signingSecret(), now))).toBe(200);
  expect(await send(signed('another-secret', now))).toBe(401);
  expect(await send(signed(signingSecret(), new Date(now.getTime() - 600_000)))).toBe(401);
  for (const header of ['', 't=,v1=', 'v1=00', `t=1,v1=${'é'.repeat(64)}`])
    expect(await send({ 'understory-signature': header })).toBe(401);
  expect(await send({})).toBe(401);
});
