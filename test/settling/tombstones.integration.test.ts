import { beforeAll, describe, expect, it } from 'vitest';
import { comment, decide, openNewsroom, publish, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
});

const thread = async (article: string, parent?: string) =>
  (await read(`/v1/articles/${article}/comments`, parent ? { parent } : {})).json.items;
const countOf = async (article: string) => (await read(`/v1/articles/${article}`)).json.commentCount;
const flat = async (article: string) => (await read(`/v1/articles/${article}/comments`, { view: 'flat' })).json.items;

/** Posts a chain of replies, each below the one before, and has all of it approved. */
async function chain(article: string, length: number): Promise<string[]> {
  await publish(article);
  const ids: string[] = [];
  for (let n = 0; n < length; n += 1) {
    ids.push(await comment(`${article}-member-${n}`, article, `level ${n}`, ids.at(-1)));
    await settle();
  }
  return ids;
}

describe('a reply', () => {
  it('raises the replies of its parent and the comments of its article', async () => {
    const [parent = '', reply] = await chain('r1', 2);
    expect(await thread('r1')).toMatchObject([{ id: parent, replyCount: 1 }]);
    expect(await thread('r1', parent)).toMatchObject([{ id: reply, parentId: parent, depth: 1, replyCount: 0 }]);
    expect(await countOf('r1')).toBe(2);
  });

  it('lowers them again when it is rejected', async () => {
    const [parent = '', reply = ''] = await chain('r2', 2);
    await decide('r2', reply, 'reject');
    await settle();
    expect(await thread('r2')).toMatchObject([{ id: parent, replyCount: 0 }]);
    expect(await thread('r2', parent)).toEqual([]);
    expect(await countOf('r2')).toBe(1);
  });

  it('counts for its own parent alone', async () => {
    const [top = ''] = await chain('r3', 3);
    expect((await thread('r3'))[0]).toMatchObject({ id: top, replyCount: 1 });
    expect(await countOf('r3')).toBe(3);
  });
});

describe('a comment that was taken down', () => {
  it('keeps its place as a tombstone without any of its text while replies are visible, and they stay reachable', async () => {
    const [parent = '', reply] = await chain('t1', 2);
    await decide('t1', parent, 'reject');
    await settle();
    const [tombstone] = await thread('t1');
    expect(tombstone).toMatchObject({ id: parent, status: 'removed', author: null, body: null, html: null, replyCount: 1, reactions: {} });
    expect(JSON.stringify(tombstone)).not.toContain('level 0');
    expect(await thread('t1', parent)).toMatchObject([{ id: reply, status: 'approved' }]);
    expect((await read(`/v1/articles/t1/comments/${reply}`)).json.ancestors).toMatchObject([{ id: parent, status: 'removed', body: null }]);
    expect((await read(`/v1/articles/t1/comments/${parent}`)).json).toMatchObject({ status: 'removed', author: null, body: null });
    expect(await countOf('t1')).toBe(1);
    expect(await flat('t1')).toMatchObject([{ id: reply }]);
  });

  it('is whole again when it is approved again', async () => {
    const [parent = ''] = await chain('t2', 2);
    const [before] = await thread('t2');
    await decide('t2', parent, 'spam');
    await settle();
    await decide('t2', parent, 'approve');
    await settle();
    expect(await thread('t2')).toEqual([{ ...before, revision: before.revision + 2 }]);
    expect(await countOf('t2')).toBe(2);
  });

  it('is gone when nothing is visible below it', async () => {
    const [only = ''] = await chain('t3', 1);
    await decide('t3', only, 'reject');
    await settle();
    expect(await thread('t3')).toEqual([]);
    expectProblem(await read(`/v1/articles/t3/comments/${only}`), 404, 'not-found');
  });

  it('embeds the replies below its tombstone', async () => {
    const [parent = '', reply] = await chain('t4', 2);
    await decide('t4', parent, 'reject');
    await settle();
    const { json } = await read('/v1/articles/t4/comments', { replies: '1' });
    expect(json.items).toMatchObject([{ id: parent, status: 'removed', replies: { items: [{ id: reply }], nextCursor: null } }]);
  });
});

describe('a chain of tombstones', () => {
  it('climbs as many levels as it takes, and vanishes with the last visible comment', async () => {
    const ids = await chain('c1', 6);
    const last = ids.at(-1) ?? '';
    for (const id of ids.slice(0, -1)) await decide('c1', id, 'reject');
    await settle();
    for (const [n, id] of ids.slice(0, -1).entries()) {
      expect(await thread('c1', ids[n - 1])).toMatchObject([{ id, status: 'removed', replyCount: n === 4 ? 1 : 0 }]);
    }
    expect(await thread('c1', ids.at(-2))).toMatchObject([{ id: last, status: 'approved' }]);
    expect(await countOf('c1')).toBe(1);

    await decide('c1', last, 'reject');
    await settle();
    expect(await thread('c1')).toEqual([]);
    for (const id of ids) expectProblem(await read(`/v1/articles/c1/comments/${id}`), 404, 'not-found');
    expect(await countOf('c1')).toBe(0);
  });

  it('comes back when the comment at its end is approved again', async () => {
    const ids = await chain('c2', 4);
    for (const id of ids) await decide('c2', id, 'reject');
    await settle();
    expect(await thread('c2')).toEqual([]);
    await decide('c2', ids.at(-1) ?? '', 'approve');
    await settle();
    expect(await thread('c2')).toMatchObject([{ id: ids[0], status: 'removed' }]);
    expect((await read(`/v1/articles/c2/comments/${ids.at(-1)}`)).json.ancestors.map(({ id }: { id: string }) => id)).toEqual(
      ids.slice(0, -1),
    );
    expect(await countOf('c2')).toBe(1);
  });

  it('leaves nothing unsettled and no sum below nothing behind', async () => {
    await settle();
    const items = await scanTable<Record<string, unknown>>();
    expect(items.filter(({ unsettled }) => unsettled === true)).toEqual([]);
    const sums = items.flatMap(({ replyCount, shownChildren, approved, rejected, size }) => [
      replyCount,
      shownChildren,
      approved,
      rejected,
      size,
    ]);
    expect(sums.filter((sum) => typeof sum === 'number' && sum < 0)).toEqual([]);
  });
});
