import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, post, publish, putPolicy, walk } from '../support/newsroom.ts';
import { chinese, hardText } from '../support/prose.ts';
import { tokenOf } from '../support/tokens.ts';

/** What Lambda takes as an answer: 6 MB of JSON ("Lambda quotas"). */
const largest = 6 * 1024 * 1024;
/** Mail addresses of five characters: each becomes a link of more than sixty. */
const dense = (n: number) => `${n} ${'a@b.c\n'.repeat(820)}`.slice(0, 5_000);
const count = 105;

let settle: () => Promise<void>;
let ids: string[];

beforeAll(async () => {
  settle = await openNewsroom();
  await putPolicy({ links: { max: 1_000 } });
  await publish('long');
  await publish('waiting', { commenting: { mode: 'moderated' } });
  ids = [];
  for (let n = 0; n < count; n += 1) ids.push(await comment(`member-${n}`, 'long', dense(n)));
  const root = await comment('ann', 'waiting', dense(0));
  await settle();
  await decide('waiting', root, 'approve');
  await settle();
  for (let n = 0; n < 60; n += 1) await comment(`member-${n}`, 'waiting', dense(n + 500), root);
  await settle();
}, 120_000);

const sizeOf = (text: string) => Buffer.byteLength(JSON.stringify(text));

describe('a page of very long comments', () => {
  it.each([{ sort: 'newest' }, { sort: 'oldest' }, { sort: 'top' }, { view: 'flat' }, { sort: 'oldest', replies: '5' }])(
    'is cut to what one answer takes, and goes on where it was cut (%j)',
    async (query) => {
      const first = await call('GET /v1/articles/long/comments', { query: { limit: '100', ...query } });
      expect(first.status).toBe(200);
      expect(sizeOf(first.text)).toBeLessThanOrEqual(largest);
      expect(first.json.items.length).toBeLessThan(100);
      const pages = await walk('/v1/articles/long/comments', { query: { limit: '100', ...query } });
      expect(
        pages
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(ids);
    },
  );

  it('is cut for moderators too, whose items bring the comment above along', async () => {
    const options = { token: await tokenOf('mod', ['moderator']), query: { limit: '100' } };
    const first = await call('GET /v1/moderation/queues/held', options);
    expect(first.status).toBe(200);
    expect(sizeOf(first.text)).toBeLessThanOrEqual(largest);
    expect((await walk('/v1/moderation/queues/held', options)).flat()).toHaveLength(60);
  });

  it('is no page of its own: a permalink leaves out the farthest above, and the permalink of the first that it brings goes on', async () => {
    await publish('deep');
    const chain: string[] = [];
    for (let n = 0; n < count; n += 1) {
      chain.push(await comment(`member-${n}`, 'deep', dense(n + 2_000), chain.at(-1)));
      await settle();
    }
    const found: string[] = [];
    for (let id = chain.at(-1); id !== undefined; ) {
      const permalink = await call(`GET /v1/articles/deep/comments/${id}`);
      expect(permalink.status).toBe(200);
      expect(sizeOf(permalink.text)).toBeLessThanOrEqual(largest);
      const { ancestors, ancestorsOmitted, depth } = permalink.json;
      expect(ancestors.length + ancestorsOmitted).toBe(depth);
      found.unshift(...ancestors.map((each: { id: string }) => each.id));
      id = ancestorsOmitted > 0 ? ancestors[0].id : undefined;
    }
    expect([...found, chain.at(-1)]).toEqual(chain);
  }, 120_000);

  it('is cut for somebody’s own comments below an article', async () => {
    await publish('own', { commenting: { mode: 'moderated' } });
    for (let n = 0; n < count; n += 1) await comment('xia', 'own', dense(n + 3_000));
    const answer = await call('GET /v1/articles/own/me', { token: await tokenOf('xia') });
    expect(answer.status).toBe(200);
    expect(sizeOf(answer.text)).toBeLessThanOrEqual(largest);
    expect(answer.json.comments.length).toBeGreaterThan(50);
  });

  it('is cut for their author and in a search too, and goes on where it was cut', async () => {
    const texts: string[] = [];
    for (let n = 0; n < count; n += 1) texts.push(await comment('zoe', 'long', dense(n + 1_000)));
    const zoe = await tokenOf('zoe');
    const moderator = await tokenOf('mod', ['moderator']);
    for (const [path, token, query] of [
      ['/v1/me/comments', zoe, {}],
      ['/v1/moderation/search', moderator, { author: 'zoe' }],
      ['/v1/moderation/search', moderator, { author: 'zoe', article: 'long', status: 'pending' }],
      ['/v1/me/export', zoe, {}],
    ] as const) {
      const options = { token, query: { limit: '100', ...query } };
      const first = await call(`GET ${path}`, options);
      expect(first.status).toBe(200);
      expect(sizeOf(first.text)).toBeLessThanOrEqual(largest);
      const items = (await walk(path, options)).flat();
      const found = items.filter(({ type = 'comment' }) => type === 'comment').map(({ id }) => id);
      expect(found.sort()).toEqual(texts);
    }
  });

  it('is cut where the earlier texts of one comment are too long for it, and none is left out', async () => {
    await putPolicy({ links: { max: 1_000 }, maxLength: 20_000 });
    // What is stored of all texts is more than one query reads, a megabyte, and what is printed more than one answer takes.
    const longest = (n: number) => hardText(`${n} ${'a@b.c\n'.repeat(1_500)}`, 20_000, chinese);
    const id = await comment('yan', 'long', longest(0));
    const token = await tokenOf('yan');
    for (let n = 1; n <= 50; n += 1) {
      const answer = await call(`PATCH /v1/articles/long/comments/${id}`, {
        token,
        body: { body: longest(n) },
        headers: { 'if-match': '*' },
      });
      expect(answer.status).toBe(200);
    }
    const texts: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const options = { token: await tokenOf('mod', ['moderator']), query: { ...(cursor && { cursor }) } };
      const answer = await call(`GET /v1/moderation/comments/long/${id}`, options);
      expect(answer.status).toBe(200);
      expect(sizeOf(answer.text)).toBeLessThanOrEqual(largest);
      texts.push(...answer.json.edits.map(({ body }: { body: string }) => body));
      cursor = answer.json.nextCursor;
    }
    expect(texts.map((text) => Number.parseInt(text, 10))).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('is never made of a comment whose rendering no item of the table takes', async () => {
    await putPolicy({ links: { max: 1_000 }, maxLength: 20_000 });
    const answer = await post('ben', 'long', 'a@b.c\n'.repeat(3_300));
    expect(answer).toMatchObject({ status: 422, json: { errors: [{ path: '/body', message: 'has too many links' }] } });
  });
});

describe('embedded replies', () => {
  it('have the tombstones too that are all there is above an approved answer', async () => {
    await publish('tree');
    const root = await comment('ann', 'tree', 'At the root');
    await settle();
    const mid = await comment('ben', 'tree', 'In the middle', root);
    await settle();
    const leaf = await comment('cyn', 'tree', 'At the end', mid);
    await settle();
    await call(`DELETE /v1/articles/tree/comments/${mid}`, { token: await tokenOf('ben') });
    await settle();
    const { items } = (await call('GET /v1/articles/tree/comments', { query: { replies: '5', sort: 'oldest' } })).json;
    expect(items).toMatchObject([{ id: root, replyCount: 0, replies: { items: [{ id: mid, status: 'deleted', replyCount: 1 }] } }]);
    expect((await call('GET /v1/articles/tree/comments', { query: { parent: mid } })).json.items).toMatchObject([{ id: leaf }]);
  });
});
