import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, eventually } from '../client.ts';
import { answered, ask, decide, listed, mark, moderator, person, post, publish, putPolicy, settled } from './site.ts';

const victim = person('victim');
const mute = person('mute');
const stranger = person('stranger');

/** What nobody but its author and moderators may know of, by what became of it. */
const hidden = { held: '', rejected: '', spam: '', muted: '', deleted: '' };
type Fate = keyof typeof hidden;
const fates = Object.keys(hidden) as Fate[];
const secret = 'nobody else may read this';

let edited = '';
let reported = '';

/** What differs between two answers by nature: the id of the request. */
const told = ({ status, json, headers }: Answer) => ({ status, ...json, instance: undefined, etag: headers.get('etag') });

/** Whatever was guessed of an id: what is somebody else's is told exactly like what never was. */
export function others(): void {
  beforeAll(async () => {
    await putPolicy({ suspectPhrases: ['suspicious'], rate: { perMinute: 1_000, perHour: 10_000 }, record: { minDecided: 1_000 } });
    await publish('others');
    await answered(ask(`PATCH /v1/moderation/users/${mute.sub}`, { as: moderator, body: { standing: 'muted' } }), 200);
    hidden.held = await post(victim, 'others', `suspicious, and ${secret}`);
    hidden.rejected = await post(victim, 'others', `rejected: ${secret}`);
    hidden.spam = await post(victim, 'others', `spam: ${secret}`);
    hidden.deleted = await post(victim, 'others', `deleted: ${secret}`);
    hidden.muted = await post(mute, 'others', `muted: ${secret}`);
    edited = await post(victim, 'others', 'what everybody may read');
    reported = await post(victim, 'others', 'what somebody reports');
    await settled();
    await decide('others', hidden.rejected, 'reject');
    await decide('others', hidden.spam, 'spam');
    await answered(ask(`DELETE /v1/articles/others/comments/${hidden.deleted}`, { as: victim }), 204);
    await settled();
    await listed('/v1/articles/others/comments', 2);
  });

  describe.each(fates)('a comment that is %s', (fate) => {
    const path = () => `/v1/articles/others/comments/${hidden[fate]}` as const;
    const nobodys = () => `/v1/articles/others/comments/${uuidv7()}` as const;

    it('is there for moderators', async () => {
      const { json } = await answered(ask(`GET /v1/moderation/comments/others/${hidden[fate]}`, { as: moderator }), 200);
      expect(json.comment?.status ?? json.status).toBe(fate);
    });

    it.each([
      ['GET', '', undefined],
      ['PATCH', '', { body: 'mine now' }],
      ['DELETE', '', undefined],
      ['PUT', '/reaction', { kind: 'like' }],
      ['POST', '/reports', { reason: 'spam' }],
      ['POST', '/appeal', { note: 'let me see' }],
    ] as const)('is told to a stranger by %s %s like one that never was', async (method, end, body) => {
      const headers = method === 'PATCH' ? { 'if-match': '*' } : {};
      const options = { as: stranger, headers, ...(body && { body }) };
      const answer = await answered(ask(`${method} ${path()}${end}`, options), 404);
      expect(told(answer)).toEqual(told(await ask(`${method} ${nobodys()}${end}`, options)));
    });

    it('cannot be answered by a stranger, nor reached through another article', async () => {
      const reply = (parentId: string) =>
        ask('POST /v1/articles/others/comments', { as: stranger, body: { body: `a reply (${mark})`, parentId } });
      expect(told(await answered(reply(hidden[fate]), 404))).toEqual(told(await reply(uuidv7())));
      await answered(ask(`GET /v1/articles/elsewhere/comments/${hidden[fate]}`), 404);
      await answered(ask(`GET /v1/articles/others/comments?parent=${uuidv7()}`), 404);
      expect(told(await ask(`GET /v1/articles/others/comments?parent=${hidden[fate]}`))).toEqual(
        told(await ask(`GET /v1/articles/others/comments?parent=${uuidv7()}`)),
      );
    });
  });

  it('nothing of it stands in any list, feed or export of others', async () => {
    const paths = [
      ...['newest', 'oldest', 'top'].map((sort) => `/v1/articles/others/comments?sort=${sort}&replies=5`),
      '/v1/articles/others/comments?view=flat',
      '/v1/articles/others/feed.xml',
    ];
    for (const path of paths) expect((await answered(ask(`GET ${path as '/'}`), 200)).text).not.toContain(secret);
    for (const path of ['/v1/articles/others/me', '/v1/me/comments', '/v1/me/export'] as const) {
      expect((await answered(ask(`GET ${path}`, { as: stranger }), 200)).text).not.toContain(secret);
      expect((await answered(ask(`GET ${path}`, { as: victim }), 200)).text).toContain(secret);
    }
  });

  it('the author of a muted comment is not told, and nobody else is shown it', async () => {
    const { json } = await answered(ask('GET /v1/me/comments', { as: mute }), 200);
    expect(json.items.map(({ status }: { status: string }) => status)).toEqual(['approved']);
    for (const path of ['/v1/me/comments', '/v1/me/export', '/v1/articles/others/me'] as const) {
      expect((await answered(ask(`GET ${path}`, { as: mute }), 200)).text).not.toMatch(/muted"/);
    }
  });

  it('an edit that waits is shown to its author alone', async () => {
    const path = `/v1/articles/others/comments/${edited}` as const;
    const draft = `a suspicious draft (${mark})`;
    await answered(ask(`PATCH ${path}`, { as: victim, body: { body: draft }, headers: { 'if-match': '*' } }), 200);
    await settled();
    const seen = await eventually(
      () => ask(`GET ${path}`),
      ({ status, text }) => status === 404 || !text.includes('draft'),
    );
    expect(seen.text).not.toContain('draft');
    for (const list of [
      '/v1/articles/others/comments',
      '/v1/articles/others/comments?view=flat',
      '/v1/articles/others/feed.xml',
    ] as const) {
      expect((await answered(ask(`GET ${list}`), 200)).text).not.toContain('suspicious draft');
    }
    expect((await answered(ask('GET /v1/me/comments', { as: victim }), 200)).text).toContain('suspicious draft');
  });

  it('a visible comment is changed and taken back by its author alone, moderators and publishers included', async () => {
    const path = `/v1/articles/others/comments/${reported}` as const;
    for (const as of [stranger, moderator, person('another-publisher', 'publisher')]) {
      const refused = await Promise.all([
        ask(`PATCH ${path}`, { as, body: { body: 'mine' }, headers: { 'if-match': '*' } }),
        ask(`DELETE ${path}`, { as }),
        ask(`POST ${path}/appeal`, { as, body: { note: 'for them' } }),
      ]);
      for (const { status } of refused) expect([403, 404]).toContain(status);
    }
    expect((await answered(ask(`GET ${path}`), 200)).json.body).toContain('what somebody reports');
  });

  it('who reported a comment, and why, is told to moderators and to nobody else', async () => {
    const path = `/v1/articles/others/comments/${reported}` as const;
    const body = { reason: 'abuse', note: `I know where they live (${mark})` };
    await answered(ask(`POST ${path}/reports`, { as: stranger, body }), 201);
    await settled();
    const history = await answered(ask(`GET /v1/moderation/comments/others/${reported}`, { as: moderator }), 200);
    expect(history.text).toContain('I know where they live');
    for (const view of [
      await ask(`GET ${path}`),
      await ask('GET /v1/me/export', { as: victim }),
      await ask('GET /v1/me/comments', { as: victim }),
    ]) {
      expect(view.text).not.toMatch(/where they live|stranger-|abuse/);
    }
  });

  it('an erasure is told to nobody else while it runs, and afterwards names nobody; a job of moderators is no erasure', async () => {
    const leaving = person('leaving');
    await post(leaving, 'others', 'I am leaving');
    const { json } = await answered(ask('DELETE /v1/me', { as: leaving }), 202);
    const path = `/v1/me/erasures/${json.id}` as const;
    const unknown = await answered(ask(`GET /v1/me/erasures/${uuidv7()}`, { as: stranger }), 404);
    const early = await ask(`GET ${path}`, { as: stranger });
    expect([told(unknown), 200]).toContainEqual(early.status === 200 ? 200 : told(early));
    await answered(ask(`GET ${path}`), 401);
    await answered(ask(`GET /v1/moderation/jobs/${json.id}`, { as: moderator }), 404);
    await settled();
    expect((await answered(ask(`GET ${path}`, { as: stranger }), 200)).text).not.toContain('leaving');

    const order = { kind: 'reject-member', memberId: `nobody-${mark}`, days: 1 };
    const job = (await answered(ask('POST /v1/moderation/jobs', { as: moderator, body: order }), 202)).json.id;
    await answered(ask(`GET /v1/moderation/jobs/${job}`, { as: stranger }), 403);
    expect(told(await answered(ask(`GET /v1/me/erasures/${job}`, { as: moderator }), 404))).toEqual(told(unknown));
  });

  it('an answer that is kept for a key is given to whoever was given it first', async () => {
    const headers = { 'idempotency-key': `key of ${mark}` };
    const body = { body: `the same words (${mark})` };
    const request = 'POST /v1/articles/others/comments';
    const first = await answered(ask(request, { as: victim, body, headers }), 201);
    expect((await answered(ask(request, { as: victim, body, headers }), 201)).json.id).toBe(first.json.id);
    const other = await answered(ask(request, { as: stranger, body, headers }), 201);
    expect(other.json.id).not.toBe(first.json.id);
    expect(other.json.author.id).toBe(stranger.sub);
    // Another payload would be refused to the one, and is another comment to the other.
    await answered(ask(request, { as: victim, body: { body: `other words (${mark})` }, headers }), 422);
  });

  it('what an article was is told to nobody once it is removed', async () => {
    await publish('removed');
    const id = await post(victim, 'removed', 'seen before it went');
    await settled();
    await answered(ask('DELETE /v1/articles/removed', { as: person('publisher', 'publisher') }), 204);
    for (const path of ['', '/comments', `/comments/${id}`, '/feed.xml']) {
      const gone = () => ask(`GET /v1/articles/removed${path}`);
      const answer = await eventually(gone, ({ status }) => status === 404);
      expect(told(answer)).toEqual(told(await ask(`GET /v1/articles/never${path}`)));
    }
    await answered(ask('POST /v1/articles/removed/comments', { as: stranger, body: { body: 'anybody here?' } }), 404);
  });
}
