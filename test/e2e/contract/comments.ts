import { describe, expect, it } from 'vitest';
import { type Answer, eventually, mo, walk } from '../client.ts';
import { ask, decide, listed, post, publish, putPolicy, refused, settled, taken } from './api.ts';

const unheard = '01a2087d-055f-761f-a4ff-8ff03da283de';

export function comments(): void {
  describe('reading', reading);
  describe('posting', posting);
  describe('changing', changing);
  describe('taking part', takingPart);
}

function reading(): void {
  it('pages lead through a thread in every order, and a cursor stays with its order', async () => {
    await publish('thread');
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push(await post(`reader-${n}`, 'thread', `Number ${n}`));
    await settled();
    await taken(ask(`PUT /v1/articles/thread/comments/${ids[0]}/reaction`, { as: { sub: 'rea' }, body: { kind: 'like' } }));
    await settled();
    await eventually(
      () => ask('GET /v1/articles/thread/comments?sort=top&limit=1'),
      ({ json }) => json.items[0]?.reactions.like === 1,
    );
    const [first, second, third] = ids;
    const orders = { newest: [third, second, first], oldest: [first, second, third], top: [first, third, second] };
    for (const [sort, order] of Object.entries(orders)) {
      expect((await walk(ask, `/v1/articles/thread/comments?sort=${sort}&limit=1`)).map(({ id }) => id)).toEqual(order);
    }
    const { nextCursor } = (await taken(ask('GET /v1/articles/thread/comments?sort=oldest&limit=1'))).json;
    for (const other of ['thread/comments?sort=newest', 'thread/comments?view=flat', 'sample/comments?sort=oldest']) {
      await refused(ask(`GET /v1/articles/${other}&cursor=${nextCursor}`), 400, 'bad-cursor');
    }
  });

  it('replies embedded in a page go on with parent and sort=oldest', async () => {
    await publish('embedded');
    const parent = await post('ann', 'embedded', 'Who agrees?');
    await settled();
    const replies: string[] = [];
    for (const n of [1, 2, 3]) replies.push(await post(`reader-${n}`, 'embedded', `I do, says ${n}`, parent));
    await settled();
    const page = await eventually(
      () => taken(ask('GET /v1/articles/embedded/comments?replies=2')),
      ({ json }) => json.items[0]?.replyCount === 3 && json.items[0].replies.items.length === 2,
    );
    const { items, nextCursor } = page.json.items[0].replies;
    expect(items.map(({ id }: { id: string }) => id)).toEqual(replies.slice(0, 2));
    const rest = await taken(ask(`GET /v1/articles/embedded/comments?parent=${parent}&sort=oldest&cursor=${nextCursor}`));
    expect(rest.json).toMatchObject({ items: [{ id: replies[2], parentId: parent, depth: 1 }], nextCursor: null });
    const without = await taken(ask('GET /v1/articles/embedded/comments?replies=0'));
    expect(without.json.items[0]).not.toHaveProperty('replies');
    expect((await walk(ask, '/v1/articles/embedded/comments?view=flat&limit=2')).map(({ id }) => id)).toEqual([parent, ...replies]);
    expect((await taken(ask('GET /v1/articles/embedded'))).json.commentCount).toBe(4);
  });

  it('a parent that readers cannot see is unknown; one that nobody has answered has no replies', async () => {
    await publish('parents', { commenting: { mode: 'moderated' } });
    const [shown, held] = [await post('ann', 'parents', 'Shown'), await post('ann', 'parents', 'Held')];
    await settled();
    await decide('parents', shown, 'approve');
    await settled();
    await listed('/v1/articles/parents/comments', 1);
    const under = (article: string, parent: string, sort = 'newest') =>
      ask(`GET /v1/articles/${article}/comments?parent=${parent}&sort=${sort}`);
    for (const sort of ['newest', 'oldest', 'top']) {
      expect((await taken(under('parents', shown, sort))).json).toEqual({ items: [], nextCursor: null });
      await refused(under('parents', held, sort), 404, 'not-found');
      await refused(under('parents', unheard, sort), 404, 'not-found');
      await refused(under('sample', shown, sort), 404, 'not-found');
    }
    for (const path of ['unknown/comments', 'unknown/feed.xml', `unknown/comments/${shown}`, `parents/comments/${held}`]) {
      await refused(ask(`GET /v1/articles/${path}`), 404, 'not-found');
    }
  });

  it('a permalink tells the nearest hundred comments above, and how many there are beyond', async () => {
    await publish('deep', { commenting: { mode: 'open' } });
    const ids: string[] = [];
    for (let depth = 0; depth < 103; depth += 1) ids.push(await post('diver', 'deep', `Level ${depth}`, ids.at(-1)));
    await settled();
    const above = async (id = '') => (await taken(ask(`GET /v1/articles/deep/comments/${id}`))).json;
    const deepest = await above(ids.at(-1));
    expect(deepest).toMatchObject({ depth: 102, ancestorsOmitted: 2 });
    expect(deepest.ancestors.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2, -1));
    const beyond = await above(deepest.ancestors[0].id);
    expect(beyond).toMatchObject({ ancestorsOmitted: 0, ancestors: [{ id: ids[0] }, { id: ids[1] }] });
  });

  it('the feed has the newest approved comments', async () => {
    const feed = await taken(ask('GET /v1/articles/sample/feed.xml'));
    expect(feed.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(feed.text).toContain('One comment to ask for.');
  });
}

function posting(): void {
  it('a comment is found where Location says, once it is approved', async () => {
    await publish('posted');
    const body = '  **Cafe\u0301**\u0000 ';
    const posted = await taken(
      ask('POST /v1/articles/posted/comments', { as: { sub: 'ann', name: 'Ann' }, body: { body, parentId: null } }),
      201,
    );
    expect(posted.json).toMatchObject({
      body: '**Café**',
      html: '<p><strong>Café</strong></p>',
      status: 'pending',
      parentId: null,
      depth: 0,
    });
    await settled();
    const location = posted.headers.get('location') as '/';
    expect(location).toBe(`/v1/articles/posted/comments/${posted.json.id}`);
    const found = await taken(ask(`GET ${location}`));
    expect(found.json).toMatchObject({ id: posted.json.id, status: 'approved', author: { id: 'ann', name: 'Ann', picture: null } });
    expect(found.headers.get('etag')).toMatch(/^"1\./);
  });

  it('a text is taken up to its limit, and refused with the place of what is wrong', async () => {
    const say = (body: unknown) => ask('POST /v1/articles/sample/comments', { as: { sub: 'long' }, body: { body } });
    await taken(say('é'.repeat(5_000)), 201);
    for (const wrong of ['é'.repeat(5_001), '', ' \u200B', 7, undefined]) {
      expect((await refused(say(wrong), 422, 'invalid')).json.errors).toMatchObject([{ path: '/body' }]);
    }
  });

  it('what cannot be answered is unknown, and what is gone takes no more answers', async () => {
    await publish('gone');
    const reply = (parentId: string) => ask('POST /v1/articles/gone/comments', { as: { sub: 'rita' }, body: { body: 'To you', parentId } });
    expect((await refused(reply(unheard), 404, 'not-found')).json.errors).toMatchObject([{ path: '/parentId' }]);
    expect((await refused(reply('nonsense'), 422, 'invalid')).json.errors).toMatchObject([{ path: '/parentId' }]);
    await refused(ask('POST /v1/articles/unknown/comments', { as: { sub: 'rita' }, body: { body: 'Hello?' } }), 404, 'not-found');
    const parent = await post('ann', 'gone', 'Soon gone');
    await settled();
    const below = (await taken(reply(parent), 201)).json.id;
    await settled();
    await taken(ask(`DELETE /v1/articles/gone/comments/${parent}`, { as: { sub: 'ann' } }), 204);
    await settled();
    await refused(reply(parent), 409, 'conflict');
    const like = ask(`PUT /v1/articles/gone/comments/${parent}/reaction`, { as: { sub: 'rita' }, body: { kind: 'like' } });
    await refused(like, 409, 'conflict');
    const tombstone = await taken(ask(`GET /v1/articles/gone/comments?parent=${parent}`));
    expect(tombstone.json.items).toMatchObject([{ id: below }]);
  });

  it.each([
    ['closed', { open: false }],
    ['over', { closesAt: '2026-01-01T00:00:00Z' }],
  ])('an article that is %s takes no comments', async (id, commenting) => {
    await publish(id, { commenting });
    await refused(ask(`POST /v1/articles/${id}/comments`, { as: { sub: 'late' }, body: { body: 'Too late' } }), 409, 'comments-closed');
  });

  it('who posts too fast is told how long to wait, and what the quota is', async () => {
    await publish('slow', { commenting: { breaking: { slowSeconds: 60, until: new Date(Date.now() + 60_000).toISOString() } } });
    const say = (body: string) => ask('POST /v1/articles/slow/comments', { as: { sub: 'hasty' }, body: { body } });
    const first = await taken(say('One'), 201);
    expect(first.headers.get('ratelimit-policy')).toMatch(/^"minute";q=\d+;w=60, "hour";q=\d+;w=3600, "slow";q=1;w=60$/);
    expect(first.headers.get('ratelimit')).toMatch(/"slow";r=0;t=60$/);
    const second = await refused(say('Two'), 429, 'too-many-requests');
    expect(Number(second.headers.get('retry-after'))).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 60);
    expect(second.headers.get('ratelimit')).toMatch(/"slow";r=0;t=\d+$/);
    expect(second.headers.get('ratelimit-policy')).toBe(first.headers.get('ratelimit-policy'));
  });

  describe('with an Idempotency-Key', () => {
    const say = (key: string, body: string, sub = 'ida', article = 'sample') =>
      ask(`POST /v1/articles/${article}/comments`, { as: { sub }, body: { body }, headers: { 'idempotency-key': key } });

    it('the same again gives the first answer again, and charges nothing', async () => {
      await publish('slow-twice', { commenting: { breaking: { slowSeconds: 60, until: new Date(Date.now() + 60_000).toISOString() } } });
      const first = await taken(say('k1', 'Once', 'ida', 'slow-twice'), 201);
      const again = await taken(say('k1', 'Once', 'ida', 'slow-twice'), 201);
      expect(again.json).toEqual(first.json);
      for (const name of ['location', 'etag']) expect(again.headers.get(name)).toBe(first.headers.get(name));
      await settled();
      await listed('/v1/articles/slow-twice/comments', 1);
    });

    it('another payload is refused; another member has keys of their own', async () => {
      await taken(say('k2', 'One thing'), 201);
      const { json } = await refused(say('k2', 'Another thing'), 422, 'invalid');
      expect(json.errors).toMatchObject([{ path: '/Idempotency-Key' }]);
      await refused(say('k2', 'One thing', 'ida', 'thread'), 422, 'invalid');
      await taken(say('k2', 'Another thing', 'ivo'), 201);
    });

    it('the same at the same time is one comment', async () => {
      await publish('raced');
      const answers = await Promise.all(Array.from({ length: 4 }, () => taken(say('k3', 'At once', 'racer', 'raced'), 201)));
      expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
      await settled();
      await listed('/v1/articles/raced/comments', 1);
      expect((await taken(ask('GET /v1/articles/raced'))).json.commentCount).toBe(1);
    });

    it.each(['x'.repeat(65), 'caf\u00e9', ''])('a key that is none is refused: %.10j', async (key) => {
      const { json } = await refused(say(key, 'Whatever'), 400, 'malformed-request');
      expect(json.errors).toMatchObject([{ path: '/Idempotency-Key' }]);
    });
  });
}

function changing(): void {
  const edit = (path: string, ifMatch: string | undefined, sub = 'ann', body = 'Better said') =>
    ask(`PATCH /v1/articles/${path as 'a'}`, {
      as: { sub },
      body: { body },
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    });

  it('an edit is for the revision that If-Match names, as ETag or in quotes, and needs one', async () => {
    await publish('edited');
    const posted = await taken(ask('POST /v1/articles/edited/comments', { as: { sub: 'ann' }, body: { body: 'Said' } }), 201);
    const path = `edited/comments/${posted.json.id}`;
    await refused(edit(path, undefined), 428, 'precondition-required');
    await refused(edit(path, '"2"'), 412, 'stale-revision');
    const first = await taken(edit(path, posted.headers.get('etag') ?? ''));
    expect(first.json).toMatchObject({ body: 'Better said', html: '<p>Better said</p>', revision: 2, editedAt: expect.any(String) });
    await refused(edit(path, posted.headers.get('etag') ?? ''), 412, 'stale-revision');
    expect((await taken(edit(path, '"2"', 'ann', 'Best said'))).json).toMatchObject({ body: 'Best said', revision: 3 });
    expect((await refused(edit(path, '"3"', 'ann', ''), 422, 'invalid')).json.errors).toMatchObject([{ path: '/body' }]);
    await settled();
    await refused(edit(path, '"3"', 'eve'), 403, 'forbidden');
    await refused(edit(`edited/comments/${unheard}`, '"1"'), 404, 'not-found');
    await putPolicy({ ...generous, editMinutes: 0 });
    await eventually(
      () => edit(path, '*', 'ann', 'Too late'),
      ({ status }) => status === 409,
    );
    await putPolicy(generous);
  });

  it('a deletion heeds If-Match, is for authors alone, and may be repeated', async () => {
    await publish('deleted');
    const id = await post('ann', 'deleted', 'Never mind');
    await settled();
    const remove = (sub: string, ifMatch?: string, of = id) =>
      ask(`DELETE /v1/articles/deleted/comments/${of}`, { as: { sub }, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
    await refused(remove('eve'), 403, 'forbidden');
    await refused(remove('ann', '"7"'), 412, 'stale-revision');
    await refused(remove('ann', '"1"', unheard), 404, 'not-found');
    await taken(remove('ann', '"1"'), 204);
    await taken(remove('ann'), 204);
    await settled();
    await expect.poll(async () => (await ask(`GET /v1/articles/deleted/comments/${id}`)).status, { timeout: 10_000 }).toBe(404);
  });
}

/** Here one member posts a lot, much of it alike, and much of that is taken down. */
export const generous = {
  rate: { perMinute: 10_000, perHour: 100_000 },
  repeat: { minutes: 0 },
  record: { minDecided: 1_000 },
  reactions: ['like', 'love'],
};

function takingPart(): void {
  it('a reaction is one per member: a new kind replaces the old, the same again changes nothing', async () => {
    await publish('reacted');
    const id = await post('ann', 'reacted', 'Like me');
    await settled();
    const path = `/v1/articles/reacted/comments/${id}/reaction` as const;
    const react = (kind: string, sub = 'ben') => ask(`PUT ${path}`, { as: { sub }, body: { kind } });
    const counted = (reactions: object) =>
      eventually(
        () => taken(ask(`GET /v1/articles/reacted/comments/${id}`)),
        ({ json }) => JSON.stringify(json.reactions) === JSON.stringify(reactions),
      );
    for (const kind of ['like', 'like', 'love']) expect((await taken(react(kind))).json).toEqual({ kind });
    await taken(react('love', 'ann'));
    await settled();
    await counted({ love: 2 });
    expect((await refused(react('hate'), 422, 'invalid')).json.errors).toMatchObject([{ path: '/kind' }]);
    await refused(
      ask(`PUT /v1/articles/reacted/comments/${unheard}/reaction`, { as: { sub: 'ben' }, body: { kind: 'like' } }),
      404,
      'not-found',
    );
    await taken(ask(`DELETE ${path}`, { as: { sub: 'ben' } }), 204);
    await taken(ask(`DELETE ${path}`, { as: { sub: 'ben' } }), 204);
    await settled();
    await counted({ love: 1 });
  });

  it.each(['spam', 'abuse', 'off-topic', 'other'])('a report for %s is taken once from each member', async (reason) => {
    const id = `reported-${reason}`;
    await publish(id);
    const comment = await post('ann', id, 'Report me');
    await settled();
    const report = (sub: string, fields: object) =>
      ask(`POST /v1/articles/${id}/comments/${comment}/reports`, { as: { sub }, body: fields });
    const first = await taken(report('ben', { reason, note: 'Look at this.' }), 201);
    expect(first.json).toMatchObject({ reason, note: 'Look at this.', outcome: 'open' });
    expect((await taken(report('ben', { reason: 'other' }))).json).toEqual(first.json);
    expect((await refused(report('cyn', { reason: 'dull' }), 422, 'invalid')).json.errors).toMatchObject([{ path: '/reason' }]);
    await refused(report('ann', { reason }), 409, 'conflict');
    await refused(ask(`POST /v1/articles/${id}/comments/${unheard}/reports`, { as: { sub: 'cyn' }, body: { reason } }), 404, 'not-found');
  });

  it.each(['reject', 'spam'])('an appeal against %s is taken once, from the author alone', async (action) => {
    const id = `appealed-${action}`;
    await publish(id);
    const comment = await post('ann', id, 'Was that fair?');
    await settled();
    const appeal = (sub = 'ann', note = 'It was a quotation.'): Promise<Answer> =>
      ask(`POST /v1/articles/${id}/comments/${comment}/appeal`, { as: { sub }, body: { note } });
    await refused(appeal(), 409, 'conflict');
    await refused(appeal('eve'), 403, 'forbidden');
    await decide(id, comment, action);
    await settled();
    expect((await refused(appeal('ann', ' '), 422, 'invalid')).json.errors).toMatchObject([{ path: '/note' }]);
    expect((await taken(appeal(), 201)).json).toMatchObject({ note: 'It was a quotation.', answeredAt: null });
    await refused(appeal(), 409, 'conflict');
    await refused(appeal('eve'), 404, 'not-found');
  });

  it('whoever is banned reads, and takes no part', async () => {
    await publish('banned');
    const [own, other] = [await post('bob', 'banned', 'Mine'), await post('ann', 'banned', 'Yours')];
    await settled();
    await taken(ask('PATCH /v1/moderation/users/bob', { as: mo, body: { standing: 'banned' } }));
    const bob = { sub: 'bob' };
    const path = `/v1/articles/banned/comments` as const;
    await refused(ask(`POST ${path}`, { as: bob, body: { body: 'Me again' } }), 403, 'forbidden');
    await refused(ask(`PATCH ${path}/${own}`, { as: bob, body: { body: 'Me again' }, headers: { 'if-match': '*' } }), 403, 'forbidden');
    await refused(ask(`PUT ${path}/${other}/reaction`, { as: bob, body: { kind: 'like' } }), 403, 'forbidden');
    await refused(ask(`POST ${path}/${other}/reports`, { as: bob, body: { reason: 'spam' } }), 403, 'forbidden');
    await taken(ask('GET /v1/me/comments', { as: bob }));
    await taken(ask('GET /v1/me/export', { as: bob }));
  });
}
