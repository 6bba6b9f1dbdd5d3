import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { admin, type Client, client, desk, mo, walk } from './client.ts';

/** `CHAOS_SEED` for other faults. Under this one each of them strikes one of the first five batches, and many more are delivered. */
const seed = Number(process.env.CHAOS_SEED ?? 20_261_340);
const members = 25;
const articles = ['north', 'south'];

const directory = mkdtempSync(join(tmpdir(), 'understory-chaos-'));
const events: { id: string; type: string; commentId?: string; revision?: number }[] = [];
let runtime: Runtime;
let ask: Client;

beforeAll(async () => {
  const onEvent = ({ detail }: { detail: unknown }) => void events.push(detail as (typeof events)[number]);
  runtime = await startRuntime({
    port: 0,
    dataDir: join(directory, 'store'),
    engine: process.env.TEST_ENGINE ?? 'dynoxide',
    chaos: seed,
    onEvent,
  });
  ask = client(runtime.url);
});

afterAll(async () => {
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** What must be seen in the end of a comment that a member posted. */
interface Expected {
  id: string;
  articleId: string;
  parentId: string | undefined;
  likes: number;
  visible: boolean;
}

const drained = () => runtime.drained(120_000);

/** A member posts, answers, likes; some edit, some delete, and a moderator takes some down. */
async function posts(articleId: string): Promise<Expected[]> {
  const comments = `/v1/articles/${articleId}/comments` as const;
  const post = async (sub: string, parentId?: string): Promise<Expected> => {
    const body = { body: `${sub} on ${articleId}${parentId ? `, to ${parentId}` : ''}`, ...(parentId && { parentId }) };
    const { status, json } = await ask(`POST ${comments}`, { as: { sub }, body });
    expect(status).toBe(201);
    return { id: json.id, articleId, parentId, likes: 0, visible: true };
  };
  const names = Array.from({ length: members }, (_, n) => `member-${n}`);
  const parents = await Promise.all(names.map((sub) => post(sub)));
  await drained();
  const replies = await Promise.all(names.map((sub, n) => post(`${sub}-again`, parents[n % 5]!.id)));
  await Promise.all(
    parents.map(async (comment, n) => {
      const at = `${comments}/${comment.id}` as const;
      const as = { sub: names[n]! };
      for (const liker of names.slice(0, n % 4)) await ask(`PUT ${at}/reaction`, { as: { sub: liker }, body: { kind: 'like' } });
      if (n % 4 > 1) await ask(`DELETE ${at}/reaction`, { as: { sub: names[0]! } });
      comment.likes = n % 4 > 1 ? (n % 4) - 1 : n % 4;
      if (n % 7 === 3)
        await ask(`PATCH ${at}`, { as, body: { body: `Edited by ${as.sub} on ${articleId}` }, headers: { 'if-match': '"1"' } });
      if (n % 7 === 5) {
        expect((await ask(`DELETE ${at}`, { as })).status).toBe(204);
        comment.visible = false;
      }
    }),
  );
  await drained();
  const down = replies.filter((_, n) => n % 6 === 2);
  const decisions = down.map(({ id }) => ({ articleId, commentId: id, action: 'reject' }));
  const decided = await ask('POST /v1/moderation/decisions', { as: mo, body: { decisions } });
  expect(decided.json.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(down.map(() => 'applied'));
  for (const comment of down) comment.visible = false;
  return [...parents, ...replies];
}

it(`counts everything exactly and lists everything rightly under faults of every kind (CHAOS_SEED=${seed})`, {
  timeout: 300_000,
}, async () => {
  for (const articleId of articles) await ask(`PUT /v1/articles/${articleId}`, { as: desk, body: { title: articleId } });
  const expected = (await Promise.all(articles.map(posts))).flat();
  await drained();

  const { chaos, queues } = runtime.backstage;
  for (const [fault, count] of Object.entries(chaos!.counts)) expect(count, fault).toBeGreaterThan(0);
  expect((await Promise.all(queues.map((queue) => queue.messages()))).flat()).toEqual([]);
  for (const articleId of articles) {
    const visible = expected.filter((comment) => comment.articleId === articleId && comment.visible);
    const recounted = (await ask(`POST /v1/admin/articles/${articleId}/recount`, { as: admin })).json;
    expect(recounted).toMatchObject({ drift: 0, before: { approved: visible.length }, after: { approved: visible.length } });
    const flat = await walk(ask, `/v1/articles/${articleId}/comments?view=flat&limit=30`);
    expect(flat.map(({ id }) => id)).toEqual(visible.map(({ id }) => id).toSorted());
    for (const comment of visible) {
      const answers = visible.filter(({ parentId }) => parentId === comment.id).length;
      const { json } = await ask(`GET /v1/articles/${articleId}/comments/${comment.id}`);
      expect(json).toMatchObject({ replyCount: answers, reactions: comment.likes > 0 ? { like: comment.likes } : {} });
    }
  }
  // Told once or more, and always under the same id.
  for (const type of ['comment.submitted', 'comment.approved']) {
    const ids = Map.groupBy(
      events.filter((event) => event.type === type),
      ({ commentId, revision }) => `${commentId} ${revision}`,
    );
    for (const { id } of expected)
      expect(
        [...ids.keys()].some((key) => key.startsWith(id)),
        `${type} ${id}`,
      ).toBe(true);
    for (const told of ids.values()) expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  }
});
