import { beforeAll, describe, expect, it } from 'vitest';
import { listShardOf, partitionOfShard } from '#table/keys.ts';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, publish, read, recountAs, walk } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { consumedBy } from '../support/units.ts';

const shards = 4;
const count = 23;
let settle: () => Promise<void>;
let top: string[];
let replies: string[];
/** Nobody may say the same twice. */
let said = 0;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('hot', { commenting: { shards } });
  top = await postMany('hot', count);
  await settle();
  replies = await postMany('hot', count, top[4]);
  await settle();
  for (const [n, reactions] of [3, 1, 2].entries()) for (let by = 0; by < reactions; by += 1) await react(`member-${by}`, top[n] ?? '');
  await settle();
});

async function postMany(articleId: string, total: number, parentId?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < total; n += 1) ids.push(await comment(`member-${n}`, articleId, `comment ${said++}`, parentId));
  return ids;
}

const react = async (member: string, id: string) =>
  call(`PUT /v1/articles/hot/comments/${id}/reaction`, { token: await tokenOf(member), body: { kind: 'like' } });
const spread = async (articleId: string, to: number, roles = ['moderator']) => {
  const patched = await call(`PATCH /v1/articles/${articleId}`, {
    token: await tokenOf('mo', roles),
    body: { commenting: { shards: to } },
  });
  await ageCaches();
  return patched;
};

const idsOf = (pages: { id: string }[][]) => pages.flat().map(({ id }) => id);
const walked = async (articleId: string, query: Record<string, string>) =>
  idsOf(await walk(`/v1/articles/${articleId}/comments`, { query }));

describe('the lists of a hot article', () => {
  it('are spread over its shards, each comment by its id', async () => {
    const items = await scanTable<{ article?: string; order: string; thread?: string; flat?: string; rank?: string }>();
    const comments = new Map(items.filter(({ article }) => article === 'hot').map((item) => [item.order, item]));
    const inShard = (list: string, id: string) => partitionOfShard(list, listShardOf(id, shards));
    for (const id of top) expect(comments.get(id)?.thread).toBe(inShard('hot#', id));
    for (const id of replies) expect(comments.get(id)).toMatchObject({ thread: inShard(`hot#${top[4]}`, id), flat: inShard('hot', id) });
    for (const ids of [top, replies]) expect(new Set(ids.map((id) => listShardOf(id, shards))).size).toBeGreaterThan(1);
    const ranked = [...comments.values()].filter(({ rank }) => rank !== undefined);
    expect(ranked).toHaveLength(3);
    for (const { rank, thread } of ranked) expect(rank).toBe(thread);
  });

  it.each(['1', '7', '100'])('are one list to whoever reads pages of %s', async (limit) => {
    expect(await walked('hot', { limit })).toEqual(top.toReversed());
    expect(await walked('hot', { limit, sort: 'oldest' })).toEqual(top);
    expect(await walked('hot', { limit, sort: 'top' })).toEqual([top[0], top[2], top[1], ...top.slice(3).toReversed()]);
    expect(await walked('hot', { limit, view: 'flat' })).toEqual([...top, ...replies].toSorted());
    for (const sort of ['newest', 'top']) expect(await walked('hot', { limit, parent: top[4]!, sort })).toEqual(replies.toReversed());
  });

  it('hold replies that are embedded, whatever the order of the comments above them', async () => {
    for (const query of [{ sort: 'newest' }, { sort: 'oldest' }, { sort: 'top' }]) {
      const items = (await walk('/v1/articles/hot/comments', { query: { ...query, limit: '10', replies: '5' } })).flat();
      const parent = items.find(({ id }) => id === top[4]);
      expect(idsOf([parent.replies.items])).toEqual(replies.slice(0, 5));
      const rest = { parent: top[4]!, sort: 'oldest', cursor: parent.replies.nextCursor };
      expect(idsOf([(await read('/v1/articles/hot/comments', rest)).json.items])).toEqual(replies.slice(5, 25));
    }
  });

  it('are told in the feed, counted, and recounted', async () => {
    const feed = (await read('/v1/articles/hot/feed.xml')).text;
    expect([...feed.matchAll(/<entry><id>urn:uuid:([^<]+)|<entry>\s*<id>urn:uuid:([^<]+)/g)]).toHaveLength(2 * count);
    expect((await read('/v1/articles/hot')).json).toMatchObject({ commentCount: 2 * count, commenting: { shards } });
    expect((await recountAs('boss', ['admin'], 'hot')).json).toMatchObject({ drift: 0, before: { approved: 2 * count } });
  });

  it('cost a query for each shard, one more where the mark takes the place of a comment, and a look at the article later on', async () => {
    const calls = async (query: Record<string, string>) =>
      (await consumedBy(() => read('/v1/articles/hot/comments', query))).calls.toSorted();
    const queries = (number: number) => Array.from({ length: number }, () => 'Query');
    expect(await calls({})).toEqual(queries(shards));
    expect(await calls({ limit: '2' })).toEqual(queries(shards + 1));
    const { nextCursor } = (await read('/v1/articles/hot/comments')).json;
    expect(await calls({ cursor: nextCursor })).toEqual(['GetItem', ...queries(shards)]);
  });

  it('keep a tombstone where it was, and give its place up when nothing is shown below', async () => {
    await publish('grave', { commenting: { shards } });
    const [parent] = await postMany('grave', 1);
    await settle();
    const below = await postMany('grave', 3, parent);
    await settle();
    await decide('grave', parent!, 'reject');
    await settle();
    const { items } = (await read('/v1/articles/grave/comments', { replies: '5' })).json;
    expect(items).toMatchObject([{ id: parent, status: 'removed', replies: { items: below.map((id) => ({ id })) } }]);
    for (const id of below) await decide('grave', id, 'reject');
    await settle();
    expect((await read('/v1/articles/grave/comments')).json.items).toEqual([]);
  });
});

describe('an article that becomes hot', () => {
  it('goes on with the comments that it has, and nobody who is reading misses or repeats any', async () => {
    await publish('warming');
    const before = await postMany('warming', 12);
    await settle();
    let grown = 0;
    const pages = await walk('/v1/articles/warming/comments', { query: { limit: '5', sort: 'oldest' } }, async () => {
      if (grown === 0) expect((await spread('warming', 8)).status).toBe(200);
      grown += 1;
      if (grown === 1) await postMany('warming', 12);
      await settle();
      await ageCaches();
    });
    const ids = idsOf(pages);
    expect(ids.slice(0, 12)).toEqual(before);
    expect(ids).toHaveLength(24);
    expect(ids).toEqual(ids.toSorted());
    expect(await walked('warming', { limit: '7' })).toEqual(ids.toReversed());
  });

  it('may get more shards, and never fewer', async () => {
    await publish('growing', { commenting: { shards: 2 } });
    expect((await spread('growing', 8)).json.commenting.shards).toBe(8);
    expectProblem(await spread('growing', 7), 422, 'invalid');
    expect((await spread('growing', 9)).json.errors).toMatchObject([{ path: '/commenting/shards' }]);
    // A publisher's system puts the number that it began with again and again.
    for (const commenting of [{ shards: 2 }, undefined]) expect((await publish('growing', { commenting })).json.commenting.shards).toBe(8);
  });

  it('says nothing of shards until it has any', async () => {
    expect((await publish('cool')).json.commenting).not.toHaveProperty('shards');
    expect((await spread('cool', 1)).json.commenting).not.toHaveProperty('shards');
  });

  it('is gone when it is removed, and there again when it comes back, in more shards even', async () => {
    await publish('fleeting', { commenting: { shards } });
    const ids = await postMany('fleeting', 6);
    await settle();
    const queries = [{}, { sort: 'oldest' }, { sort: 'top' }, { view: 'flat' }, { limit: '1' }] as Record<string, string>[];
    await call('DELETE /v1/articles/fleeting', { token: await tokenOf('desk', ['publisher']) });
    for (const query of queries) expectProblem(await read('/v1/articles/fleeting/comments', query), 404, 'not-found');
    await publish('fleeting', { commenting: { shards: 2 * shards } });
    await ageCaches();
    const later = await postMany('fleeting', 6);
    await settle();
    expect(await walked('fleeting', { limit: '2', sort: 'oldest' })).toEqual([...ids, ...later]);
  });
});
