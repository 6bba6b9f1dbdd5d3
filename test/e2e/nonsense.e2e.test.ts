import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { signToken, siteSecret } from '../../local/token.ts';
import { parseAnswer } from '../support/contract.ts';
import { admin, type Client, client, desk, eventually } from './client.ts';
import { nonsense, type Stock, type Thread } from './nonsense/requests.ts';
import { send } from './nonsense/wire.ts';

/** How many requests, and from which seed: a failure tells both, and the same two play the same requests again. */
const requests = Number(process.env.NONSENSE_REQUESTS ?? 1_000);
const seed = Number(process.env.NONSENSE_SEED ?? 20_261_123);

const members = Array.from({ length: 20 }, (_, n) => `member-${n}`);

const directory = mkdtempSync(join(tmpdir(), 'understory-nonsense-'));
const troubles: string[] = [];
let runtime: Runtime;
let ask: Client;
let stock: Stock;

beforeAll(async () => {
  runtime = await startRuntime({ port: 0, dataDir: join(directory, 'store'), onProblem: (line) => troubles.push(line) });
  ask = client(runtime.url);
  const threads: Thread[] = [];
  for (const articleId of ['story', 'a.b_c~d-e', 'x'.repeat(128)]) {
    await publish(articleId);
    const post = async (sub: string) =>
      (await ask(`POST /v1/articles/${articleId}/comments`, { as: { sub }, body: { body: `${sub} has read ${articleId}` } })).json
        .id as string;
    const commentIds = await Promise.all(members.slice(0, 8).map(post));
    const { json } = await eventually(
      () => ask(`GET /v1/articles/${articleId}/comments?limit=2`),
      (page) => page.json.nextCursor !== null,
    );
    threads.push({ articleId, commentIds, cursor: json.nextCursor });
  }
  stock = { threads, ...(await authorizations()) };
});

afterAll(async () => {
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const publish = (articleId: string) => ask(`PUT /v1/articles/${articleId}`, { as: desk, body: { title: articleId } });

async function authorizations(): Promise<Omit<Stock, 'threads'>> {
  const bearer = async (sub: string, roles: string[], seconds?: number) =>
    `Bearer ${await signToken({ sub, name: sub, roles }, siteSecret(), seconds)}`;
  return {
    authorizations: {
      member: await Promise.all(members.map((sub) => bearer(sub, []))),
      publisher: [await bearer('desk', ['publisher'])],
      moderator: [await bearer('mo', ['moderator'])],
      admin: [await bearer('root', ['admin'])],
    },
    refused: [await bearer('late', ['admin'], -60), 'Bearer', 'Bearer a.b.c', 'Basic Og==', ''],
  };
}

it(`answers ${requests} requests of sense and nonsense as it is published, and still counts exactly`, {
  timeout: 60_000 + requests * 100,
}, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(await nonsense(stock), async (request) => {
      const answer = await send(runtime.url, request);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect(answer.status).not.toBe(500);
      parseAnswer(request.route, answer);
      // What was taken off is put back, or soon there would be nothing left to ask for.
      if (request.route === 'deleteArticle' && answer.status === 204)
        await Promise.all(stock.threads.map((thread) => publish(thread.articleId)));
    }),
    { numRuns: requests, seed, endOnFailure: false },
  );
  expect(troubles).toEqual([]);
  // Were everything refused at the door, nothing behind it would have been tried.
  for (const status of [200, 201, 204, 400, 401, 403, 404, 422]) expect(statuses.get(status), `${status}`).toBeGreaterThan(0);

  await runtime.drained(30_000);
  for (const { articleId } of stock.threads) {
    await publish(articleId);
    expect((await ask(`POST /v1/admin/articles/${articleId}/recount`, { as: admin })).json).toMatchObject({ drift: 0 });
  }
});
