import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { publish, read, walk } from '../support/newsroom.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

const desk = tokenOf('desk', ['publisher']);

beforeAll(async () => {
  await createTable();
});

/** The ids that a section lists. */
const listed = async (section?: string): Promise<string[]> =>
  (await read('/v1/articles', { limit: '100', ...(section && { section }) })).json.items.map(({ id }: { id: string }) => id);
const change = async (id: string, body: object) => call(`PATCH /v1/articles/${id}`, { token: await desk, body });

describe('a section', () => {
  it('loses an article that moves to another, which gains it', async () => {
    await publish('s1', { section: 'Before' });
    await change('s1', { section: 'After' });
    expect([await listed('Before'), await listed('After')]).toEqual([[], ['s1']]);
    await publish('s1', { section: 'Before' });
    expect([await listed('Before'), await listed('After')]).toEqual([['s1'], []]);
  });

  it('loses an article that belongs to none any more, while the list of all keeps it', async () => {
    await publish('s2', { section: 'Left' });
    await change('s2', { section: null });
    expect(await listed('Left')).toEqual([]);
    expect(await listed()).toContain('s2');
  });

  it('keeps an article that changes otherwise, and shows the change', async () => {
    await publish('s3', { section: 'Kept' });
    await change('s3', { title: 'New title', commenting: { open: false } });
    const { json } = await read('/v1/articles', { section: 'Kept' });
    expect(json.items).toMatchObject([{ id: 's3', title: 'New title', commenting: { open: false }, revision: 2 }]);
  });

  it('moves an article to its place when its time of publication changes', async () => {
    for (const [n, id] of ['t1', 't2', 't3'].entries()) await publish(id, { section: 'Times', publishedAt: `2026-11-0${n + 1}T00:00:00Z` });
    expect(await listed('Times')).toEqual(['t3', 't2', 't1']);
    await change('t1', { publishedAt: '2026-11-09T00:00:00Z' });
    expect(await listed('Times')).toEqual(['t1', 't3', 't2']);
  });

  it('loses what is unpublished, also in the middle of a walk', async () => {
    for (let n = 0; n < 6; n += 1) await publish(`u${n}`, { section: 'Walk', publishedAt: `2026-11-01T00:00:0${n}Z` });
    let removed = false;
    const pages = await walk('/v1/articles', { query: { section: 'Walk', limit: '2' } }, async () => {
      if (!removed) await Promise.all(['u4', 'u2'].map(async (id) => call(`DELETE /v1/articles/${id}`, { token: await desk })));
      removed = true;
    });
    expect(pages.flat().map(({ id }) => id)).toEqual(['u5', 'u4', 'u3', 'u1', 'u0']);
    expect(await listed('Walk')).toEqual(['u5', 'u3', 'u1', 'u0']);
  });

  it.each(['articles/', 'section/Before', '#', 'Kultur & Gesellschaft / „Bühne“', '😀'])('may be called %j', async (section) => {
    const id = `n${Buffer.from(section).toString('hex')}`;
    await publish(id, { section });
    expect(await listed(section)).toEqual([id]);
  });
});
