import { beforeAll, describe, expect, it } from 'vitest';
import { ageCaches, holdCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, decide, give, openNewsroom, post, publish } from '../support/newsroom.ts';
import { hardText } from '../support/prose.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

/** A comment of one kilobyte, each time another one. */
const kilobyte = (start: string) => hardText(start, 1_024);

let settle: () => Promise<void>;

beforeAll(async () => {
  holdCaches();
  settle = await openNewsroom();
  await publish('a1');
});

describe('posting a comment', () => {
  it('of a kilobyte costs at most 4 write and 2 read units until it is answered, in two calls on a warm function', async () => {
    await comment('warm', 'a1', 'warms the function up');
    const warm = await unitsOf(() => comment('ann', 'a1', kilobyte('first')));
    expect(warm.calls).toHaveLength(2);
    expect(warm.write).toBeLessThanOrEqual(4);
    expect(warm.read).toBe(0);
    await ageCaches();
    const cold = await unitsOf(() => comment('ben', 'a1', kilobyte('second')));
    expect(cold.read).toBeLessThanOrEqual(2);
    await settle();
  });

  it('costs no more for a member who has posted often', async () => {
    for (let n = 0; n < 60; n += 1) await comment('often', 'a1', `short ${n}`);
    const units = await unitsOf(() => comment('often', 'a1', kilobyte('once more')));
    expect(units.write).toBeLessThanOrEqual(4);
    await settle();
  });

  it('asks for no standing apart: of whatever standing, it is two calls, and one where it is refused', async () => {
    await comment('warm', 'a1', 'warms the function up for all standings');
    for (const standing of ['trusted', 'held', 'muted'] as const) {
      await give(`is-${standing}`, standing, { note: 'Agreed on Monday.' });
      const units = await unitsOf(() => comment(`is-${standing}`, 'a1', kilobyte(standing)));
      expect(units.calls).toHaveLength(2);
      expect(units.write).toBeLessThanOrEqual(4);
    }
    await give('is-banned', 'banned');
    const refused = await unitsOf(() => post('is-banned', 'a1', kilobyte('banned')));
    expect(refused.calls).toEqual(['UpdateItem']);
    await settle();
  });

  it('costs no call more in slow mode, and one where it is too fast', async () => {
    await publish('slow', { commenting: { breaking: { slowSeconds: 60, until: new Date(Date.now() + 3_600_000).toISOString() } } });
    await comment('warm', 'slow', 'warms the function up for slow mode');
    const units = await unitsOf(() => comment('sid', 'slow', kilobyte('slowly')));
    expect(units.calls).toHaveLength(2);
    expect(units.write).toBeLessThanOrEqual(4);
    const refused = await unitsOf(() => post('sid', 'slow', kilobyte('too fast')));
    expect(refused.calls).toEqual(['UpdateItem']);
    await settle();
  });

  it('costs one call more as a reply', async () => {
    const parent = await comment('ann', 'a1', 'to be answered');
    await settle();
    await comment('warm', 'a1', 'warms the function up again');
    await settle();
    const units = await unitsOf(() => comment('ben', 'a1', kilobyte('reply'), parent));
    expect(units.calls).toHaveLength(3);
    await settle();
  });

  const budget = process.env.TEST_ENGINE === 'dynamodb-local' ? 10 : 11;

  it.each([500, 700, 800, 1_024])(
    `of %i characters costs at most ${budget} write units all in: screened, approved, counted`,
    async (length) => {
      const units = await unitsOf(async () => {
        await comment('cat', 'a1', hardText(`all in ${length}`, length));
        await settle();
      });
      expect(units.write).toBeLessThanOrEqual(budget);
    },
  );
});

describe('a decision', () => {
  it.each([
    ['a comment of 500 characters that waits in a queue', 500, 'moderated', 'approve', ['GetItem']],
    ['an approved comment of 2,000', 2_000, 'screened', 'reject', []],
  ] as const)(
    'on %s is one read and one write of at most 3 units, and a look at the claims of its queue',
    async (_what, length, mode, action, look) => {
      await publish(mode, { commenting: { mode } });
      const id = await comment('dee', mode, hardText(`decided ${mode}`, length));
      await settle();
      const units = await unitsOf(() => decide(mode, id, action, { note: 'As we said.' }));
      expect(units.calls).toEqual(['BatchGetItem', 'UpdateItem', ...look]);
      expect(units.write).toBeLessThanOrEqual(3);
      await settle();
    },
  );

  it('costs no more where the comment stands in many lists: a reported reply with reactions', async () => {
    const parent = await comment('ann', 'a1', 'answered');
    await settle();
    const id = await comment('dee', 'a1', hardText('a reply', 300), parent);
    await settle();
    const token = await tokenOf('eve');
    expect((await call(`PUT /v1/articles/a1/comments/${id}/reaction`, { token, body: { kind: 'like' } })).status).toBe(200);
    expect((await call(`POST /v1/articles/a1/comments/${id}/reports`, { token, body: { reason: 'spam' } })).status).toBe(201);
    await settle();
    const units = await unitsOf(() => decide('a1', id, 'reject'));
    expect(units.write).toBeLessThanOrEqual(3);
    await settle();
  });
});

describe('reading', () => {
  it('a page of 20 answers of 500 characters is one query of at most 2 units too, from members with longer names', async () => {
    await publish('answers');
    const parent = await comment('ann', 'answers', 'to be answered often');
    await settle();
    for (let n = 1_000; n < 1_021; n += 1) {
      await comment(`member-${n}`, 'answers', `${n} ${'text '.repeat(100)}`.slice(0, 499).padEnd(500, '.'), parent);
    }
    await settle();
    await ageCaches();
    await call('GET /v1/articles/answers/comments', { query: { parent, limit: '1' } });
    const units = await unitsOf(() => call('GET /v1/articles/answers/comments', { query: { parent } }));
    expect(units.calls).toEqual(['Query']);
    expect(units.read).toBeLessThanOrEqual(2);
  });

  it('a page of 20 comments of 500 bytes is one query of at most 2 units, in any order', async () => {
    await publish('page');
    for (let n = 0; n < 25; n += 1) await comment(`member-${n}`, 'page', `${n} ${'text '.repeat(100)}`.slice(0, 500).trim());
    await settle();
    for (const query of [{}, { sort: 'oldest' }] as Record<string, string>[]) {
      const units = await unitsOf(() => call('GET /v1/articles/page/comments', { query }));
      expect(units.calls).toEqual(['Query']);
      expect(units.read).toBeLessThanOrEqual(2);
    }
    const flat = await unitsOf(() => call('GET /v1/articles/page/comments', { query: { view: 'flat' } }));
    expect(flat.calls).toEqual(['Query', 'Query']);
    expect(flat.read).toBeLessThanOrEqual(2.5);
  });

  it('an article with its count is one request of at most 1.5 units; counts of 50 articles one of at most 25', async () => {
    const article = await unitsOf(() => call('GET /v1/articles/page'));
    expect(article.calls.filter((name) => name === 'Query')).toHaveLength(1);
    expect(article.read).toBeLessThanOrEqual(1.5);
    const articles = Array.from({ length: 50 }, (_, n) => (n === 0 ? 'page' : `other-${n}`)).join(',');
    const counts = await unitsOf(() => call('GET /v1/counts', { query: { articles } }));
    expect(counts.calls).toEqual(['BatchGetItem']);
    expect(counts.read).toBeLessThanOrEqual(25);
  });

  it('the same again within its s-maxage costs nothing', async () => {
    await ageCaches();
    await call('GET /v1/articles/page/comments');
    const units = await unitsOf(() => call('GET /v1/articles/page/comments'));
    expect(units).toEqual({ read: 0, write: 0, calls: [] });
  });
});

describe('a burst', () => {
  it('of 300 comments on one article takes at most ten transactions', async () => {
    await publish('burst');
    for (let n = 0; n < 300; n += 25) {
      await Promise.all(Array.from({ length: 25 }, (_, m) => post(`member-${n + m}`, 'burst', `comment ${n + m}`)));
    }
    const units = await unitsOf(settle);
    expect(units.calls.filter((name) => name === 'TransactWriteItems').length).toBeLessThanOrEqual(10);
    await ageCaches();
    expect((await call('GET /v1/articles/burst')).json.commentCount).toBe(300);
  });
});
