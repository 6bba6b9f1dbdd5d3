import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin, type Client, client, desk, eventually, walk } from './client.ts';

const engine = process.env.TEST_ENGINE ?? 'dynoxide';
/** How often everything is killed, `KILLS` for more. */
const kills = Number(process.env.KILLS ?? 2);
/** As many posts are under way at once as a busy site has; DynamoDB Local does one thing at a time, and would answer none of them in time. */
const concurrency = engine === 'dynamodb-local' ? 4 : 32;
/** How many comments are answered before the next kill, at most, and how long it waits for them, in milliseconds. */
const longestCalm = 100;
const patience = 30_000;

const directory = mkdtempSync(join(tmpdir(), 'understory-crash-'));
const store = join(directory, 'store');
let running: ChildProcess;
let ask: Client;

/** `npm start` as a process of its own, until it says that it listens. */
async function start(): Promise<void> {
  running = spawn(process.execPath, ['bin/start.ts', '--port', '0', '--data', store, '--engine', engine], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    running.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    running.stdout?.on('data', (chunk) => {
      said += chunk;
      const found = /Listening on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    running.once('exit', () => reject(new Error(`it ended before it listened: ${said}`)));
  });
  ask = client(url);
}

/** Kills the runtime and its engine at one moment, so that neither can tidy up after the other. */
async function kill(): Promise<void> {
  const processes = JSON.parse(readFileSync(join(store, 'engine.json'), 'utf8')) as { pid: number }[];
  const ended = once(running, 'exit');
  running.kill('SIGKILL');
  for (const { pid } of processes) process.kill(pid, 'SIGKILL');
  await ended;
}

beforeAll(start);

afterAll(async () => {
  if (running.exitCode === null && running.signalCode === null) {
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }
  rmSync(directory, { recursive: true, force: true });
});

/** Members post and answer each other until everything is killed under them; gives the ids that were answered with 201. */
async function postUntilKilled(articleId: string): Promise<string[]> {
  await ask(`PUT /v1/articles/${articleId}`, { as: desk, body: { title: articleId } });
  const answered: string[] = [];
  let next = 0;
  const post = async () => {
    while (running.signalCode === null) {
      next += 1;
      const parentId = next % 3 === 0 ? answered.at(-1) : undefined;
      const body = { body: `Comment ${next}`, ...(parentId && { parentId }) };
      const as = { sub: `${articleId}-${next}` };
      const posted = await ask(`POST /v1/articles/${articleId}/comments`, { as, body }).catch(() => undefined);
      if (posted?.status === 201) answered.push(posted.json.id);
    }
  };
  const burst = Promise.all(Array.from({ length: concurrency }, post));
  const calm = Math.ceil(Math.random() * longestCalm);
  const latest = Date.now() + Math.random() * patience;
  await eventually(
    async () => answered.length,
    (count) => count >= calm || Date.now() > latest,
    2 * patience,
  );
  await delay(Math.random() * 100);
  await kill();
  await burst;
  return answered;
}

async function expectExact(articleId: string, answered: readonly string[]): Promise<number> {
  const items = await eventually(
    async () => ({
      // A slow engine may refuse a page with 503, as it would anybody: then it is read again.
      items: await walk(ask, `/v1/articles/${articleId}/comments?view=flat&limit=100`).catch(() => []),
      commentCount: (await ask(`GET /v1/articles/${articleId}`)).json.commentCount,
    }),
    // Comments whose answer was lost may be there as well, so their number alone does not tell that all of the others are.
    (stored) => answered.every((id) => stored.items.some((item) => item.id === id)) && stored.commentCount === stored.items.length,
    60_000,
  ).then((stored) => stored.items);
  const ids = items.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(items.map(({ body }) => body)).size).toBe(ids.length);
  expect(answered.filter((id) => !ids.includes(id))).toEqual([]);
  // What an answer was lost of may still have been settled while the list was read.
  const recounted = await eventually(
    async () => (await ask(`POST /v1/admin/articles/${articleId}/recount`, { as: admin })).json,
    ({ drift, before }) => drift !== undefined && (before.approved ?? 0) >= ids.length,
  );
  expect(recounted).toMatchObject({ drift: 0 });
  return ids.length;
}

it(`loses and doubles nothing when it is killed ${kills} times while members post`, { timeout: kills * 180_000 }, async () => {
  const answered = new Map<string, string[]>();
  let found = 0;
  for (let round = 1; round <= kills; round += 1) {
    const articleId = `burst-${round}`;
    answered.set(articleId, await postUntilKilled(articleId));
    await start();
    found += await expectExact(articleId, answered.get(articleId)!);
  }
  // Later kills took nothing from what earlier ones had left.
  for (const [articleId, ids] of answered) await expectExact(articleId, ids);
  const acknowledged = [...answered.values()].flat().length;
  process.stdout.write(
    `${kills} kills on ${engine}: ${acknowledged} comments answered with 201, ${found} there, none lost or doubled, drift 0\n`,
  );
});
