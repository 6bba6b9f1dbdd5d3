import { expect, it } from 'vitest';
import { eventually } from '../client.ts';
import { ask, post, publish, refused, settled, taken } from './api.ts';

export function me(): void {
  it('own comments and all that is stored come page by page, and a cursor is its member’s own', async () => {
    await publish('mine', { commenting: { mode: 'moderated' } });
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push(await post('meg', 'mine', `Mine, number ${n}`));
    const sample = await post('sam', 'sample', 'For a reaction and a report');
    await settled();
    await taken(ask(`PUT /v1/articles/sample/comments/${sample}/reaction`, { as: { sub: 'meg' }, body: { kind: 'like' } }));
    await taken(ask(`POST /v1/articles/sample/comments/${sample}/reports`, { as: { sub: 'meg' }, body: { reason: 'spam' } }), 201);
    await settled();

    const walked = async (path: string, as = { sub: 'meg' }) => {
      const items: Record<string, unknown>[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { json } = await taken(ask(`GET ${path as '/'}?limit=1${cursor && `&cursor=${cursor}`}`, { as }));
        items.push(...json.items);
        cursor = json.nextCursor;
      }
      return items;
    };
    expect((await walked('/v1/me/comments')).map(({ id, status }) => [id, status])).toEqual(ids.toReversed().map((id) => [id, 'held']));
    expect((await walked('/v1/me/export')).map(({ type }) => type)).toEqual([
      ...['profile', 'comment', 'comment', 'comment', 'reaction', 'report'],
    ]);
    const here = await taken(ask('GET /v1/articles/mine/me', { as: { sub: 'meg' } }));
    expect(here.json.comments.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
    const there = await taken(ask('GET /v1/articles/sample/me', { as: { sub: 'meg' } }));
    expect(there.json).toEqual({
      comments: [],
      reactions: { [sample]: 'like' },
      reports: { [sample]: { reason: 'spam', outcome: 'open' } },
    });
    await refused(ask('GET /v1/articles/unknown/me', { as: { sub: 'meg' } }), 404, 'not-found');

    for (const path of ['/v1/me/comments', '/v1/me/export'] as const) {
      const { nextCursor } = (await taken(ask(`GET ${path}?limit=1`, { as: { sub: 'meg' } }))).json;
      await refused(ask(`GET ${path}?cursor=${nextCursor}`, { as: { sub: 'eve' } }), 400, 'bad-cursor');
    }
  });

  it('an erasure leaves nothing of its member, and tells what it removed', async () => {
    const id = await post('gus', 'sample', 'Forget me');
    await settled();
    const erasing = await taken(ask('DELETE /v1/me', { as: { sub: 'gus' } }), 202);
    expect(erasing.headers.get('location')).toBe(`/v1/me/erasures/${erasing.json.id}`);
    const done = await eventually(
      () => taken(ask(`GET ${erasing.headers.get('location') as '/'}`, { as: { sub: 'gus' } })),
      ({ json }) => json.state === 'done',
    );
    expect(done.json.removed).toEqual({ comments: 1, reactions: 0, reports: 0 });
    await settled();
    await expect.poll(async () => (await ask(`GET /v1/articles/sample/comments/${id}`)).status, { timeout: 10_000 }).toBe(404);
    expect((await taken(ask('GET /v1/me/comments', { as: { sub: 'gus' } }))).json.items).toEqual([]);
    await refused(ask('GET /v1/me/erasures/01a2087d-055f-761f-a4ff-8ff03da283de', { as: { sub: 'gus' } }), 404, 'not-found');
  });
}
