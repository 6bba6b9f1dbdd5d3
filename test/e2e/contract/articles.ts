import { request } from 'node:http';
import { expect, it } from 'vitest';
import { signToken, siteSecret } from '../../../local/token.ts';
import { admin, desk, mo, walk } from '../client.ts';
import { ask, baseUrl, listed, post, publish, refused, settled, taken } from './api.ts';

const story = {
  title: 'Ceasefire holds for a third day',
  url: 'https://news.example/ceasefire',
  author: 'R. Porter',
  section: 'World',
  publishedAt: '2026-11-23T10:00:00+01:00',
  body: [{ heading: 'Quiet', paragraphs: ['For a third day …'] }],
};
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

export function articles(): void {
  it('PUT creates, then replaces, and GET reads what was put', async () => {
    const commenting = {
      ...{ open: true, mode: 'screened', closesAt: inAnHour() },
      breaking: { slowSeconds: 30, holdNewcomers: true, links: false, until: inAnHour() },
    };
    const first = await publish('whole', { ...story, commenting });
    expect(first.headers.get('location')).toBe('/v1/articles/whole');
    expect(first.json).toMatchObject({ ...story, id: 'whole', publishedAt: '2026-11-23T09:00:00.000Z', commenting, revision: 1 });
    expect((await taken(ask(`GET ${first.headers.get('location') as '/'}`))).json).toEqual(first.json);

    const again = await taken(ask('PUT /v1/articles/whole', { as: desk, body: { title: 'Another title' } }));
    expect(again.json).toMatchObject({
      ...{ title: 'Another title', url: null, author: null, section: null, body: [], revision: 2 },
      // What the publisher does not own alone stays.
      ...{ publishedAt: '2026-11-23T09:00:00.000Z', commenting },
    });
  });

  it('PATCH changes what is named, and null empties', async () => {
    await publish('patched', story);
    const commenting = { open: false, mode: 'moderated', closesAt: inAnHour(), breaking: null };
    const title = await taken(ask('PATCH /v1/articles/patched', { as: desk, body: { title: 'New', commenting } }));
    expect(title.json).toMatchObject({
      ...story,
      title: 'New',
      publishedAt: expect.any(String),
      commenting: { ...commenting, open: false },
    });
    const emptied = await taken(
      ask('PATCH /v1/articles/patched', {
        as: desk,
        body: { url: null, author: null, section: null, body: null, publishedAt: '2026-11-24T00:00:00Z' },
      }),
    );
    expect(emptied.json).toMatchObject({ title: 'New', url: null, author: null, section: null, body: [] });
    const whole = {
      body: story.body,
      commenting: { breaking: { slowSeconds: null, holdNewcomers: true, links: true, until: inAnHour() } },
    };
    expect((await taken(ask('PATCH /v1/articles/patched', { as: desk, body: whole }))).json).toMatchObject(whole);
  });

  it.each(['open', 'screened', 'moderated', null])('comments are taken in the mode %s, put or patched', async (mode) => {
    const effective = mode ?? 'screened';
    const put = await publish(`in-mode-${mode}`, { commenting: { mode } });
    expect(put.json.commenting.mode).toBe(effective);
    const patch = await taken(ask('PATCH /v1/articles/sample-2', { as: mo, body: { commenting: { mode } } }));
    expect(patch.json.commenting.mode).toBe(effective);
  });

  it('a hot article gets shards, and never fewer', async () => {
    expect((await publish('hot', { commenting: { shards: 2 } })).json.commenting.shards).toBe(2);
    const patched = await taken(ask('PATCH /v1/articles/hot', { as: mo, body: { commenting: { shards: 4 } } }));
    expect(patched.json.commenting.shards).toBe(4);
    await refused(ask('PATCH /v1/articles/hot', { as: mo, body: { commenting: { shards: 2 } } }), 422, 'invalid');
    const again = await taken(ask('PUT /v1/articles/hot', { as: desk, body: { title: 'Hot', commenting: { shards: 1 } } }));
    expect(again.json.commenting.shards).toBe(4);
  });

  it('a moderator may change how comments are taken, and nothing else', async () => {
    await refused(ask('PATCH /v1/articles/sample-2', { as: mo, body: { title: 'Mine' } }), 403, 'forbidden');
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('%s is for the revision that If-Match names, as ETag or in quotes', async (method) => {
    const path = `/v1/articles/matched-${method.toLowerCase()}` as const;
    await publish(path.slice('/v1/articles/'.length));
    const change = (ifMatch: string) =>
      ask(`${method} ${path}`, { as: desk, body: method === 'DELETE' ? undefined : { title: 'New' }, headers: { 'if-match': ifMatch } });
    for (const stale of ['"7"', '"7.abcdef"', '"nonsense"', 'W/"7"']) await refused(change(stale), 412, 'stale-revision');
    const etag = (await taken(ask(`GET ${path}`))).headers.get('etag') ?? '';
    const success = method === 'DELETE' ? 204 : 200;
    await taken(change(etag), success);
    if (method === 'DELETE') {
      await refused(change('*'), 404, 'not-found');
      return;
    }
    await refused(change(etag), 412, 'stale-revision');
    await taken(change('"2"'), success);
    await taken(change('"1", "3"'), success);
    await taken(change('*'), success);
  });

  it('If-Match never creates', async () => {
    await refused(ask('PUT /v1/articles/unheard', { as: desk, body: { title: 'T' }, headers: { 'if-match': '*' } }), 412, 'stale-revision');
  });

  it('DELETE takes an article with its comments off public view; PUT brings both back', async () => {
    await publish('removed');
    const id = await post('ann', 'removed', 'Still here?');
    await settled();
    await listed('/v1/articles/removed/comments', 1);
    await taken(ask('DELETE /v1/articles/removed', { as: desk }), 204);
    for (const path of ['', '/comments', '/comments?view=flat', `/comments/${id}`, '/feed.xml'] as const) {
      // What a warm reader has just said may stand for a second.
      await expect.poll(async () => (await ask(`GET /v1/articles/removed${path}`)).status, { timeout: 10_000 }).toBe(404);
    }
    await refused(ask('PATCH /v1/articles/removed', { as: desk, body: { title: 'T' } }), 404, 'not-found');
    expect((await taken(ask('GET /v1/moderation/search?article=removed', { as: mo }))).json.items).toMatchObject([{ id }]);
    await publish('removed');
    expect((await listed('/v1/articles/removed/comments', 1)).json.items).toMatchObject([{ id }]);
  });

  it('an id is the publisher’s own, of every character that it may have', async () => {
    for (const id of ['a', 'A.b_c~d-9', '...', '~', 'x'.repeat(128)]) {
      await publish(id);
      expect((await taken(ask(`GET /v1/articles/${id}`))).json.id).toBe(id);
    }
    for (const id of ['a%20b', 'a%2Fb', 'caf%C3%A9', 'x'.repeat(129), '%00']) {
      const { json } = await refused(ask(`PUT /v1/articles/${id}`, { as: desk, body: { title: 'T' } }), 422, 'invalid');
      expect(json.errors).toMatchObject([{ path: '/articleId' }]);
    }
  });

  it.each(['.', '..', '%2e', '%2E%2E'])('an article cannot be called %s, which no client could ever ask for', async (id) => {
    const token = await signToken({ sub: 'desk', name: 'Desk', roles: ['publisher'] }, siteSecret());
    const answer = await sendAsIs('PUT', `/v1/articles/${id}`, token);
    expect(answer).toMatchObject({ status: 422, json: { errors: [{ path: '/articleId' }] } });
  });

  it('a list is newest first, by section or all, page by page and without text', async () => {
    for (const day of ['03', '01', '02'])
      await publish(`sport-${day}`, { section: 'Sport', publishedAt: `2026-01-${day}T00:00:00Z`, body: story.body });
    await listed('/v1/articles?section=Sport', 3);
    const found = await walk(ask, '/v1/articles?section=Sport&limit=1');
    expect(found.map(({ id }) => id)).toEqual(['sport-03', 'sport-02', 'sport-01']);
    for (const item of found) expect(item).not.toHaveProperty('body');
    const all = await walk(ask, '/v1/articles?limit=100');
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(['sport-01', 'sample', 'whole']));
    expect((await taken(ask('GET /v1/articles?section=Nowhere'))).json).toEqual({ items: [], nextCursor: null });
  });

  it('counts are told by id, and of what is unknown 0', async () => {
    const { json } = await taken(ask('GET /v1/counts?articles=sample,unknown,..,a%20b,sample'));
    expect(json.counts).toEqual({ sample: expect.any(Number), unknown: 0, '..': 0, 'a b': 0 });
    expect(json.counts.sample).toBe((await taken(ask('GET /v1/articles/sample'))).json.commentCount);
  });

  it('a recount of an article that is unknown answers 404', async () => {
    await refused(ask('POST /v1/admin/articles/unknown/recount', { as: admin }), 404, 'not-found');
  });
}

/** Sends a path as it is: `fetch` takes dots out of it first. */
function sendAsIs(method: string, path: string, token: string): Promise<{ status: number | undefined; json: unknown }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(baseUrl());
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = request({ hostname, port, method, path, headers }, async (response) => {
      resolve({ status: response.statusCode, json: JSON.parse((await response.toArray()).join('')) });
    });
    sent.on('error', reject).end('{"title":"T"}');
  });
}
