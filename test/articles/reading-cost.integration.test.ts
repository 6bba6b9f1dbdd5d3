import { beforeAll, describe, expect, it } from 'vitest';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, publish } from '../support/newsroom.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';
import { unitsOf } from '../support/units.ts';

let parent: string;
let cursor: string;

/** Comments of 500 characters, as many as two pages take. */
beforeAll(async () => {
  const settle = settler(await createTable());
  await publish('hot');
  for (let n = 0; n < 41; n += 1) parent = await comment(`member-${n}`, 'hot', `${n} ${'word '.repeat(100)}`.slice(0, 500));
  await settle();
  for (let n = 0; n < 3; n += 1) await comment(`answer-${n}`, 'hot', `reply ${n}`, parent);
  await settle();
  cursor = (await call('GET /v1/articles/hot/comments')).json.nextCursor;
});

/** What a page costs an instance for which nothing is kept. */
async function costOf(query: Record<string, string>, path: `/${string}` = '/v1/articles/hot/comments') {
  await ageCaches();
  return unitsOf(async () => expect((await call(`GET ${path}`, { query })).status).toBe(200));
}

describe('noticing that an article is removed', () => {
  it.each([{}, { sort: 'oldest' }])('costs the first page %j nothing: it is one query, of two read units at most', async (query) => {
    const cost = await costOf(query as Record<string, string>);
    expect(cost.calls).toEqual(['Query']);
    expect(cost.read).toBeLessThanOrEqual(2);
  });

  it('costs the first page of the flat view nothing: it is its two queries', async () => {
    expect((await costOf({ view: 'flat' })).calls).toEqual(['Query', 'Query']);
  });

  it('costs other pages half a unit once a second, beside their query', async () => {
    const later = await costOf({ cursor });
    expect(later.calls.sort()).toEqual(['GetItem', 'Query']);
    expect((await costOf({ parent })).calls.sort()).toEqual(['GetItem', 'Query']);
    const warm = await unitsOf(() => call('GET /v1/articles/hot/comments', { query: { cursor, limit: '10' } }));
    expect(warm.calls).toEqual(['Query']);
  });

  it('costs a permalink half a unit, and no call', async () => {
    const cost = await costOf({}, `/v1/articles/hot/comments/${parent}`);
    expect(cost).toMatchObject({ calls: ['BatchGetItem'], read: 1 });
  });

  it('costs the feed nothing that it does not print: it needs the article for its title', async () => {
    const cost = await costOf({}, '/v1/articles/hot/feed.xml');
    expect(cost.calls.sort()).toEqual(['GetItem', 'Query', 'Query']);
  });
});
