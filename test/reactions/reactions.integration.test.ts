import pLimit from 'p-limit';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, publish, putPolicy, read } from '../support/newsroom.ts';
import { many } from '../support/scale.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await putPolicy({ reactions: ['like', 'love'] });
  await publish('a');
});

const path = (id: string) => `/v1/articles/a/comments/${id}/reaction` as const;
const react = async (member: string, id: string, kind: unknown = 'like') =>
  call(`PUT ${path(id)}`, { token: await tokenOf(member), body: { kind } });
const withdraw = async (member: string, id: string) => call(`DELETE ${path(id)}`, { token: await tokenOf(member) });
const tally = async (id: string) => (await read(`/v1/articles/a/comments/${id}`)).json.reactions;

async function shownComment(text: string): Promise<string> {
  const id = await comment('ann', 'a', text);
  await settle();
  return id;
}

describe('a reaction', () => {
  it('counts once per member, whatever is sent again', async () => {
    const id = await shownComment('Like this');
    for (let n = 0; n < 3; n += 1) expect(await react('bob', id)).toMatchObject({ status: 200, json: { kind: 'like' } });
    await settle();
    expect(await tally(id)).toEqual({ like: 1 });
  });

  it('replaces the one before', async () => {
    const id = await shownComment('Love this');
    await react('bob', id, 'like');
    await settle();
    await react('bob', id, 'love');
    await settle();
    expect(await tally(id)).toEqual({ love: 1 });
  });

  it('can be withdrawn, and given again', async () => {
    const id = await shownComment('Make up your mind');
    await react('bob', id);
    await settle();
    expect([await withdraw('bob', id), await withdraw('bob', id)]).toMatchObject([{ status: 204 }, { status: 204 }]);
    await settle();
    expect(await tally(id)).toEqual({});
    await react('bob', id);
    await settle();
    expect(await tally(id)).toEqual({ like: 1 });
  });

  it('is exact when 500 members react, react again and withdraw at once', async () => {
    const id = await shownComment('A hot take');
    const atOnce = pLimit(32);
    const members = Array.from({ length: many(500) }, (_, n) => `fan-${n}`);
    const given = await Promise.all(members.flatMap((member) => [atOnce(() => react(member, id)), atOnce(() => react(member, id))]));
    expect(new Set(given.map(({ status }) => status))).toEqual(new Set([200]));
    const leaving = members.filter((_, n) => n % 2 === 0).map((member) => atOnce(() => withdraw(member, id)));
    await settle();
    const withdrawn = await Promise.all(leaving);
    expect(new Set(withdrawn.map(({ status }) => status))).toEqual(new Set([204]));
    await settle();
    expect(await tally(id)).toEqual({ like: members.length / 2 });
  });

  it('is known to its member under the article', async () => {
    const id = await shownComment('Remember me');
    await react('cyn', id, 'love');
    const mine = await call('GET /v1/articles/a/me', { token: await tokenOf('cyn') });
    expect(mine.json.reactions).toEqual({ [id]: 'love' });
  });

  it('never makes an edit of the author stale', async () => {
    const id = await shownComment('Edit me');
    await react('bob', id);
    await settle();
    expect((await read(`/v1/articles/a/comments/${id}`)).json.revision).toBe(1);
  });

  it.each([['wow'], [''], [7], [null]])('is refused of the unknown kind %j', async (kind) => {
    const id = await shownComment(`No such kind as ${kind}`);
    expect(await react('bob', id, kind)).toMatchObject({ status: 422, json: { errors: [{ path: '/kind' }] } });
  });

  it('is refused on what readers do not see: 404 unknown, 404 hidden, 409 a tombstone, be it only until it is settled', async () => {
    const id = await shownComment('Soon gone');
    await comment('bob', 'a', 'A reply that stays', id);
    await settle();
    await decide('a', id, 'reject');
    await settle();
    expect((await react('cyn', id)).status).toBe(409);
    expect((await react('cyn', '01900000-0000-7000-8000-000000000000')).status).toBe(404);
    const rejected = await shownComment('Taken down with nothing below');
    await decide('a', rejected, 'reject');
    expect((await react('cyn', rejected)).status).toBe(409);
    await settle();
    expect((await react('cyn', rejected)).status).toBe(404);
    const pending = await comment('dan', 'a', 'Still on its way');
    expect((await react('cyn', pending)).status).toBe(404);
  });
});

describe('sort=top', () => {
  it('lists those with most reactions first, then the others, newest first, each once over any pages', async () => {
    await publish('top');
    const ids: string[] = [];
    for (let n = 0; n < 9; n += 1) ids.push(await comment('ann', 'top', `Comment number ${n}`));
    await settle();
    const give = async (n: number, likes: number) => {
      for (let m = 0; m < likes; m += 1) {
        const token = await tokenOf(`reader-${m}`);
        await call(`PUT /v1/articles/top/comments/${ids[n]}/reaction`, { token, body: { kind: 'like' } });
      }
    };
    await give(2, 6);
    await give(7, 2);
    await give(0, 1);
    await settle();
    const expected = [2, 7, 0, 8, 6, 5, 4, 3, 1].map((n) => ids[n]);

    for (const limit of ['1', '2', '4', '20']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await read('/v1/articles/top/comments', { sort: 'top', limit, ...(cursor && { cursor }) });
        expect(page.status).toBe(200);
        seen.push(...page.json.items.map(({ id }: { id: string }) => id));
        cursor = page.json.nextCursor;
      }
      expect(seen).toEqual(expected);
    }
  });

  it('takes no cursor of another order', async () => {
    const { json } = await read('/v1/articles/top/comments', { sort: 'newest', limit: '1' });
    expect((await read('/v1/articles/top/comments', { sort: 'top', cursor: json.nextCursor })).status).toBe(400);
  });
});
