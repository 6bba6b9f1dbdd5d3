import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { signToken, siteSecret } from '../../local/token.ts';
import { admin, client } from '../e2e/client.ts';

const command = resolve(import.meta.dirname, '../../bin/smoke.ts');
const directory = mkdtempSync(join(tmpdir(), 'understory-smoke-'));
let runtime: Runtime;

beforeAll(async () => {
  runtime = await startRuntime({ port: 0, dataDir: join(directory, 'store') });
});

afterAll(async () => {
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

function smoke(given: readonly string[], environment: Record<string, string> = {}) {
  const { promise, resolve: done } = Promise.withResolvers<{ code: number; stdout: string; stderr: string }>();
  const env = { ...process.env, ...environment };
  execFile(process.execPath, [command, ...given], { env }, (error, stdout, stderr) =>
    done({ code: Number(error?.code ?? 0), stdout, stderr }),
  );
  return promise;
}

describe('npm run smoke', () => {
  it('finds a deployment that does its job, and leaves nothing to be seen behind', async () => {
    const { code, stdout, stderr } = await smoke([`${runtime.url}/`]);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/^ok {2}.*(?= \()/gm)).toEqual([
      'ok  health',
      'ok  publish an article',
      'ok  post a comment',
      'ok  screen it',
      'ok  read it',
      'ok  take it down',
      'ok  put it back',
      'ok  delete it',
      'ok  remove the article',
    ]);
    const ask = client(runtime.url);
    expect((await ask('GET /v1/articles')).json.items).toEqual([]);
    const found = await ask('GET /v1/moderation/search?author=smoke-member', { as: admin });
    expect(found.json.items).toMatchObject([{ status: 'deleted', author: null, body: null }]);
  });

  it('does it where every comment waits for a moderator', async () => {
    const ask = client(runtime.url);
    const { headers } = await ask('GET /v1/moderation/policy', { as: admin });
    const body = { newcomers: { comments: 100, action: 'hold' } };
    const put = await ask('PUT /v1/moderation/policy', { as: admin, body, headers: { 'if-match': headers.get('etag') ?? '' } });
    expect(put.status).toBe(200);

    expect(await smoke([runtime.url])).toMatchObject({ code: 0, stderr: '' });
  });

  it('takes tokens of the site instead of a secret', async () => {
    const token = (role: string) => signToken({ sub: role, name: role, roles: [role] }, siteSecret());
    const tokens = ['--member-token', await token('x'), '--moderator-token', await token('moderator')];
    const given = [runtime.url, ...tokens, '--publisher-token', await token('publisher')];

    expect(await smoke(given, { UNDERSTORY_SITE_SECRET: 'not the secret of the site' })).toMatchObject({ code: 0, stderr: '' });
  });

  it('says which step a wrong secret fails at', async () => {
    const { code, stdout, stderr } = await smoke([runtime.url], { UNDERSTORY_SITE_SECRET: 'not the secret of the site' });

    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok {2}health \(\d+ ms\)\n$/);
    expect(stderr).toMatch(/^FAILED {2}publish an article: 401 .+\n$/);
  });

  it('says that nothing, or something else, answers', async () => {
    const nothing = await smoke(['http://127.0.0.1:9']);
    expect(nothing).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^FAILED {2}health: no connection: .+\n$/) });
    const other = await smoke([`${runtime.url}/elsewhere`]);
    expect(other).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^FAILED {2}health: 404 /) });
  });

  it.each([[], ['here'], ['http://one', 'http://two'], ['--nope', 'http://one']])('ends with 2 on wrong usage (%#)', async (...given) => {
    expect(await smoke(given)).toMatchObject({ code: 2, stderr: expect.stringContaining('npm run smoke -- URL') });
  });
});
