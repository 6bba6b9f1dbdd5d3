import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin, type Client, client, desk, eventually, walk } from './client.ts';

/** Members who each post one comment, `CRASH_COMMENTS` for more; as many are under way at once as a busy site has. */
const members = Number(process.env.CRASH_COMMENTS ?? 400);
const concurrency = 32;

const directory = mkdtempSync(join(tmpdir(), 'understory-crash-'));
let running: ChildProcess;
let ask: Client;

/** `npm start` as a process of its own, until it says that it listens. */
async function start(): Promise<void> {
  running = spawn(process.execPath, ['bin/start.ts', '--port', '0', '--data', join(directory, 'store')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    running.stdout?.on('data', (chunk) => {
      said += chunk;
      const found = /Listening on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    running.once('exit', () => reject(new Error(`it ended before it listened: ${said}`)));
  });
  ask = client(url);
}

beforeAll(start);

afterAll(async () => {
  if (running.exitCode === null && running.signalCode === null) {
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  }
  rmSync(directory, { recursive: true, force: true });
});

it('loses and doubles nothing when it is killed while members post', { timeout: 300_000 }, async () => {
  await ask('PUT /v1/articles/burst', { as: desk, body: { title: 'Burst' } });
  const answered: string[] = [];
  let next = 0;
  let killed = false;
  const post = async () => {
    while (next < members && running.signalCode === null) {
      const body = `Comment ${next}`;
      const as = { sub: `member-${next++}` };
      const posted = await ask('POST /v1/articles/burst/comments', { as, body: { body } }).catch(() => undefined);
      if (posted?.status === 201) answered.push(posted.json.id);
      if (killed || answered.length < members / 2) continue;
      killed = running.kill('SIGKILL');
    }
  };
  const burst = () => Promise.all(Array.from({ length: concurrency }, post));
  await burst();
  expect(running.signalCode).toBe('SIGKILL');

  await start();
  await burst();
  expect(next).toBe(members);
  const recounted = async () => (await ask('POST /v1/admin/articles/burst/recount', { as: admin })).json;
  const stored = await eventually(
    async () => {
      const items = await walk(ask, '/v1/articles/burst/comments?view=flat&limit=100');
      const { commentCount } = (await ask('GET /v1/articles/burst')).json;
      return { items, commentCount };
    },
    // Comments whose answer was lost may be there as well, so their number alone does not tell that all of the others are.
    ({ items, commentCount }) => answered.every((id) => items.some((item) => item.id === id)) && commentCount === items.length,
    30_000,
  );
  const ids = stored.items.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(stored.items.map(({ body }) => body)).size).toBe(ids.length);
  expect(answered.filter((id) => !ids.includes(id))).toEqual([]);
  expect(await recounted()).toMatchObject({ drift: 0, before: { approved: ids.length }, after: { approved: ids.length } });
});
