import { beforeAll, describe, expect, it } from 'vitest';
import { ageCaches, holdCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { deepPageOf } from '../support/deep-page.ts';
import { type LongThread, writeLongThread } from '../support/long-thread.ts';
import { comment, openNewsroom, publish, read, recountAs, walk } from '../support/newsroom.ts';
import { unitsOf } from '../support/units.ts';

/**
 * Comments of the thread, `THREAD_COMMENTS` of them (a multiple of 20, up to 20,000). By itself a fifth of what the
 * benchmark fills, because DynamoDB Local writes no more than 700 a second.
 */
const size = Number(process.env.THREAD_COMMENTS ?? 4_000);
/** Comments that arrive during one walk; there are four. */
const arrivals = 125;
const patience = 180_000;
const comments = '/v1/articles/long/comments';

let settle: () => Promise<void>;
let thread: LongThread;

beforeAll(async () => {
  holdCaches();
  settle = await openNewsroom();
  await publish('long');
  thread = await writeLongThread('long', size);
  await settle();
}, patience);

type Query = Record<string, string>;
const orders: [string, () => Query][] = [
  ['the newest', () => ({})],
  ['the oldest', () => ({ sort: 'oldest' })],
  ['the answers to one comment', () => ({ parent: thread.busiest })],
];

describe('in a long thread', () => {
  describe.each(orders)('a page of twenty of %s', (_, query) => {
    it('is one query of at most 2 read units, the first as well as the deepest', async () => {
      const deep = await deepPageOf(comments, query());
      for (const page of [query(), deep]) {
        await ageCaches();
        // A later page looks once a second whether its article is still there; this is the look.
        await call(`GET ${comments}`, { query: { ...deep, limit: '1' } });
        const cost = await unitsOf(async () => expect((await call(`GET ${comments}`, { query: page })).json.items).toHaveLength(20));
        expect(cost.calls).toEqual(['Query']);
        expect(cost.read).toBeLessThanOrEqual(2);
      }
    });
  });

  it('embedded replies cost one query for each comment of the page that has any, the first page as well as the deepest', async () => {
    const query = { sort: 'oldest' };
    for (const place of [query, await deepPageOf(comments, query)]) {
      const page = { ...place, replies: '3' };
      await ageCaches();
      let answered = 0;
      const cost = await unitsOf(async () => {
        const { json } = await call(`GET ${comments}`, { query: page });
        answered = json.items.filter(({ replyCount }: { replyCount: number }) => replyCount > 0).length;
      });
      expect(cost.calls.filter((name) => name === 'Query')).toHaveLength(1 + answered);
    }
  });
});

describe('while comments arrive in a long thread', { timeout: patience }, () => {
  const idsOf = (pages: { id: string }[][]) => pages.flat().map(({ id }) => id);
  let late = 0;

  /** Posts to the top level, below the busiest comment and below another one by turns, all at once, and settles. */
  async function arrive(count: number): Promise<void> {
    const parents = [undefined, thread.busiest, thread.topLevel.at(-1)];
    const posted = await Promise.all(
      Array.from({ length: count }, async (_, n) => {
        const parent = parents[(late + n) % parents.length];
        return { parent, id: await comment(`late-${late + n}`, 'long', `number ${late + n} of those that come late`, parent) };
      }),
    );
    late += count;
    const added = (to: string[], parent?: string) => to.push(...posted.filter((each) => each.parent === parent).map(({ id }) => id));
    added(thread.topLevel);
    added(thread.answers, thread.busiest);
    thread.ids.push(...posted.map(({ id }) => id));
    await settle();
  }

  /** Walks in pages of a hundred, while comments arrive between any two of them. */
  async function walkMeanwhile(query: Query, total: number): Promise<string[]> {
    const breaks = Math.ceil(total / 100) - 1;
    let walked = 0;
    const pages = await walk(comments, { query: { ...query, limit: '100' } }, async () => {
      walked += 1;
      const due = (n: number) => Math.round((arrivals * Math.min(n, breaks)) / breaks);
      await arrive(due(walked) - due(walked - 1));
    });
    return idsOf(pages);
  }

  it('the newest are walked as they were at the start', async () => {
    const before = thread.topLevel.toSorted();
    expect(await walkMeanwhile({}, before.length)).toEqual(before.reverse());
  });

  it('so are the answers to one comment', async () => {
    const before = thread.answers.toSorted();
    expect(await walkMeanwhile({ parent: thread.busiest }, before.length)).toEqual(before.reverse());
  });

  it('the oldest are walked once each, and then those that arrived', async () => {
    const walked = await walkMeanwhile({ sort: 'oldest' }, thread.topLevel.length);
    expect(walked).toEqual(thread.topLevel.toSorted());
  });

  it('the flat view is walked once each, and gives as many as the article counts', async () => {
    const walked = await walkMeanwhile({ view: 'flat' }, thread.ids.length);
    expect(walked).toEqual(thread.ids.toSorted());
    expect(walked).toHaveLength(size + 4 * arrivals);
    expect((await read('/v1/articles/long')).json.commentCount).toBe(walked.length);
  });

  it('no count drifts', async () => {
    const { json } = await recountAs('boss', ['admin'], 'long');
    expect(json).toMatchObject({ drift: 0, before: { approved: size + late } });
  });
});
