import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, publish, read, walk } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';

/** Enough for three pages of seven, and for an end that is not the end of a page. */
const count = 23;
const comments = '/v1/articles/a1/comments';
const moderator = tokenOf('mod', ['moderator']);
let settle: () => Promise<void>;
let top: string[];
let replies: string[];
let held: string[];

const idsOf = (pages: { id: string }[][]) => pages.flat().map(({ id }) => id);

/** Posts one after the other, so that the ids are in this order. */
async function postMany(total: number, article: string, parentId?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < total; n += 1) ids.push(await comment(`member-${n}`, article, `number ${n} below ${parentId ?? article}`, parentId));
  return ids;
}

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
  await publish('waiting', { commenting: { mode: 'moderated' } });
  top = await postMany(count, 'a1');
  await settle();
  replies = await postMany(count, 'a1', top[4]);
  held = await postMany(count, 'waiting');
  for (let n = 0; n < count; n += 1)
    await publish(`list-${n}`, { section: 'S', publishedAt: `2026-01-01T00:00:${String(n % 20).padStart(2, '0')}Z` });
  await settle();
});

const inOrder = (ids: string[]) => [...ids].sort();

describe.each([1, 7, 100])('pages of %i', (limit) => {
  const size = String(limit);

  it('walk the newest first without skipping or repeating', async () => {
    const pages = await walk(comments, { query: { limit: size } });
    expect(idsOf(pages)).toEqual(inOrder(top).reverse());
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
  });

  it('walk the oldest first', async () => {
    expect(idsOf(await walk(comments, { query: { limit: size, sort: 'oldest' } }))).toEqual(inOrder(top));
  });

  it('walk the replies under a parent, in either order', async () => {
    const query = { limit: size, parent: String(top[4]) };
    expect(idsOf(await walk(comments, { query }))).toEqual(inOrder(replies).reverse());
    expect(idsOf(await walk(comments, { query: { ...query, sort: 'oldest' } }))).toEqual(inOrder(replies));
  });

  it('walk the flat view: every approved comment once, oldest first, as many as are counted', async () => {
    const ids = idsOf(await walk(comments, { query: { limit: size, view: 'flat' } }));
    expect(ids).toEqual(inOrder([...top, ...replies]));
    expect((await call('GET /v1/articles/a1')).json.commentCount).toBe(ids.length);
  });

  it('walk the queue, oldest first', async () => {
    const pages = await walk('/v1/moderation/queues/held', { token: await moderator, query: { limit: size } });
    expect(idsOf(pages)).toEqual(inOrder(held));
  });

  it('walk the articles of a section, newest first, also where several were published at once', async () => {
    const pages = await walk('/v1/articles', { query: { limit: size, section: 'S' } });
    const items = pages.flat() as { id: string; publishedAt: string }[];
    expect(new Set(idsOf(pages)).size).toBe(count);
    const places = items.map(({ id, publishedAt }) => `${publishedAt} ${id}`);
    expect(places).toEqual([...places].sort().reverse());
  });
});

describe('while comments arrive', () => {
  const arrival = async (article: string) => {
    await comment('late', article, `late ${Math.random()}`);
    await settle();
  };

  it('pages of the newest go on where they were: nothing of before is skipped or repeated', async () => {
    await publish('busy');
    const before = await postMany(12, 'busy');
    await settle();
    const pages = await walk('/v1/articles/busy/comments', { query: { limit: '5' } }, () => arrival('busy'));
    expect(idsOf(pages)).toEqual(inOrder(before).reverse());
  });

  it.each([{ sort: 'oldest' }, { view: 'flat' }])('pages of %j come to the new ones at their end, each once', async (order) => {
    const article = `busy-${Object.values(order)[0]}`;
    await publish(article);
    const before = await postMany(12, article);
    await settle();
    let arrivals = 0;
    const pages = await walk(`/v1/articles/${article}/comments`, { query: { limit: '5', ...(order as object) } }, async () => {
      arrivals += 1;
      await arrival(article);
    });
    const ids = idsOf(pages);
    expect(arrivals).toBe(2);
    expect(ids.slice(0, 12)).toEqual(inOrder(before));
    expect(new Set(ids).size).toBe(12 + arrivals);
    expect(ids).toHaveLength(12 + arrivals);
  });

  it('pages of the flat view pass over what was taken down meanwhile, and go on', async () => {
    await publish('thinning');
    const ids = await postMany(9, 'thinning');
    await settle();
    for (const id of ids) await comment('ann', 'thinning', `reply to ${id}`, id);
    await settle();
    for (const id of ids.slice(2, 8)) await decide('thinning', id, 'reject');
    await settle();
    const pages = await walk('/v1/articles/thinning/comments', { query: { limit: '3', view: 'flat' } });
    expect(pages.flat()).toHaveLength(3 + 9);
    expect(pages.flat().every(({ status }) => status === 'approved')).toBe(true);
    expect((await read('/v1/articles/thinning')).json.commentCount).toBe(12);
  });
});

describe('replies within a page', () => {
  it('are the oldest, as many as asked for, with a cursor to the rest under their parent', async () => {
    const { json } = await call(`GET ${comments}`, { query: { limit: '100', replies: '3' } });
    const parent = json.items.find(({ id }: { id: string }) => id === top[4]);
    expect(parent.replyCount).toBe(count);
    expect(idsOf([parent.replies.items])).toEqual(inOrder(replies).slice(0, 3));
    const { nextCursor: cursor } = parent.replies;
    const rest = await call(`GET ${comments}`, { query: { parent: String(top[4]), sort: 'oldest', limit: '100', cursor } });
    expect(idsOf([rest.json.items])).toEqual(inOrder(replies).slice(3));
  });

  it('are an empty page where there are none, and absent where nobody asked', async () => {
    const { json } = await call(`GET ${comments}`, { query: { limit: '1', replies: '5' } });
    expect(json.items[0].replies).toEqual({ items: [], nextCursor: null });
    expect((await call(`GET ${comments}`, { query: { limit: '1' } })).json.items[0]).not.toHaveProperty('replies');
  });
});

describe('a cursor', () => {
  it('of one query is refused by every other', async () => {
    await publish('other');
    const token = await moderator;
    const queries: [`/${string}`, Record<string, string>][] = [
      [comments, {}],
      [comments, { sort: 'oldest' }],
      [comments, { parent: String(top[4]) }],
      [comments, { parent: String(top[4]), sort: 'oldest' }],
      [comments, { view: 'flat' }],
      ['/v1/moderation/queues/held', {}],
      ['/v1/articles', {}],
      ['/v1/articles', { section: 'S' }],
    ];
    const others: typeof queries = [
      ['/v1/articles/other/comments', {}],
      ['/v1/moderation/queues/reported', {}],
      ['/v1/articles', { section: 'T' }],
    ];
    for (const [n, [path, query]] of queries.entries()) {
      const { nextCursor: cursor } = (await call(`GET ${path}`, { token, query: { ...query, limit: '1' } })).json;
      expect(cursor).toMatch(/^[\w-]+$/);
      for (const [foreignPath, foreignQuery] of [...queries.toSpliced(n, 1), ...others]) {
        expectProblem(await call(`GET ${foreignPath}`, { token, query: { ...foreignQuery, cursor } }), 400, 'bad-cursor');
      }
    }
  });

  it('goes on with another limit, because the place is the same', async () => {
    const { nextCursor: cursor } = (await call(`GET ${comments}`, { query: { limit: '1' } })).json;
    const { json } = await call(`GET ${comments}`, { query: { limit: '2', cursor } });
    expect(idsOf([json.items])).toEqual(inOrder(top).reverse().slice(1, 3));
  });
});
