import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, post, publish, putPolicy, walk } from '../support/newsroom.ts';
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
