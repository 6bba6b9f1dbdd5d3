import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, moderate, openNewsroom, publish, putPolicy, read } from '../support/newsroom.ts';
import { prose } from '../support/prose.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await putPolicy({ suspectPhrases: ['the coffee is bad'] });
  await publish('a');
});

const path = (id: string) => `/v1/articles/a/comments/${id}` as const;
const html = `<p>${prose}</p>`;

async function edit(id: string, body: string) {
  const answer = await call(`PATCH ${path(id)}`, { token: await tokenOf('ann'), body: { body }, headers: { 'if-match': '*' } });
  expect(answer).toMatchObject({ status: 200, json: { body } });
}

describe('a comment of a thousand characters', () => {
  it('is printed wherever it is read as it was written', async () => {
    const id = await comment('ann', 'a', prose);
    await settle();
    const reply = await comment('bob', 'a', prose, id);
    await settle();

    expect((await read(path(id))).json).toMatchObject({ body: prose, html, author: { id: 'ann' }, status: 'approved' });
    for (const query of [{}, { sort: 'top' }, { view: 'flat' }, { replies: '1' }]) {
      const { items } = (await read('/v1/articles/a/comments', query)).json;
      expect(items.find((item: { id: string }) => item.id === id)).toMatchObject({ body: prose, html });
    }
    const replies = (await read('/v1/articles/a/comments', { parent: id })).json.items;
    expect(replies).toMatchObject([{ id: reply, body: prose, depth: 1, parentId: id }]);
    expect((await read('/v1/articles/a/feed.xml')).text).toContain('the coffee is free');
    expect((await moderate('/v1/moderation/search', { query: { author: 'ann' } })).json.items).toMatchObject([{ body: prose }]);
  });

  it('is screened, edited, judged and remembered to its last word', async () => {
    const id = await comment('ann', 'a', prose.replace('the coffee is free', 'the coffee is bad'));
    await settle();
    const [held] = (await moderate('/v1/moderation/queues/held')).json.items;
    expect(held).toMatchObject({ id, verdict: { rules: [{ evidence: expect.stringContaining('“the coffee is bad” at character 98') }] } });
    await decide('a', id, 'approve');
    await settle();

    await edit(id, `${prose} Indeed.`);
    expect((await read(path(id))).json.body).toContain('the coffee is bad');
    await settle();
    expect((await read(path(id))).json).toMatchObject({ body: `${prose} Indeed.`, status: 'approved' });

    expect(await decide('a', id, 'feature')).toMatchObject({ outcome: 'applied' });
    expect(await decide('a', id, 'feature')).toMatchObject({ outcome: 'unchanged' });
    await settle();
    expect((await read(path(id))).json).toMatchObject({ body: `${prose} Indeed.`, featured: true });

    await edit(id, `${prose} Once more.`);
    expect(await decide('a', id, 'unfeature')).toMatchObject({ outcome: 'applied' });
    await settle();
    expect((await read(path(id))).json).toMatchObject({ body: `${prose} Once more.`, featured: false });
    const { edits, waiting } = (await moderate(`/v1/moderation/comments/a/${id}`)).json;
    expect(waiting).toBeNull();
    expect(edits.map(({ body }: { body: string }) => body)).toEqual([expect.stringContaining('is bad'), `${prose} Indeed.`]);

    const exported = (await call('GET /v1/me/export', { token: await tokenOf('ann') })).text;
    for (const ending of ['Indeed.', 'Once more.']) expect(exported).toContain(ending);
  });

  it('takes the write units that a short one takes', async () => {
    const written = async (body: string) =>
      (
        await unitsOf(async () => {
          await comment('cyn', 'a', body);
          await settle();
        })
      ).write;
    await written('to open the day');
    const short = await written('a few words');
    expect(await written(prose)).toBe(short);
  });

  it('leaves nothing of itself when its author is erased', async () => {
    const long = async () => (await scanTable<{ view?: unknown }>()).filter(({ view }) => view instanceof Uint8Array).length;
    const others = await long();
    await comment('gone', 'a', prose);
    await settle();
    expect(await long()).toBe(others + 1);

    expect((await call('DELETE /v1/me', { token: await tokenOf('gone') })).status).toBe(202);
    await settle();
    expect(await long()).toBe(others);
  });
});
