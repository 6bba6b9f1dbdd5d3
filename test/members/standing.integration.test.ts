import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { call, type TestResponse } from '../support/call.ts';
import { comment, decide, give, heldSize, moderate, openNewsroom, post, publish, putPolicy, read, walk } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await putPolicy({ bannedPhrases: ['very bad'], suspectPhrases: ['fishy'] });
  await publish('a');
  await publish('open', { commenting: { mode: 'open' } });
  await publish('moderated', { commenting: { mode: 'moderated' } });
});

afterEach(() => vi.useRealTimers());

const userPath = (id: string) => `/v1/moderation/users/${encodeURIComponent(id)}` as const;
const user = async (id: string) => (await moderate(userPath(id))).json;
const patch = async (id: string, body: object, ifMatch?: string) =>
  call(`PATCH ${userPath(id)}`, {
    token: await tokenOf('mod', ['moderator']),
    body,
    ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }),
  });

const edit = async (member: string, article: string, id: string, body: string, revision = 1) =>
  call(`PATCH /v1/articles/${article}/comments/${id}`, {
    token: await tokenOf(member),
    body: { body },
    headers: { 'if-match': `"${revision}"` },
  });
const react = async (member: string, article: string, id: string) =>
  call(`PUT /v1/articles/${article}/comments/${id}/reaction`, { token: await tokenOf(member), body: { kind: 'like' } });
const report = async (member: string, article: string, id: string) =>
  call(`POST /v1/articles/${article}/comments/${id}/reports`, { token: await tokenOf(member), body: { reason: 'other' } });

/** A moment so many minutes ahead; real time goes on to it only where a test says so. */
const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const goTo = (moment: string) => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(moment) });

/** What a member is told of their own comments, one of them. */
async function own(member: string, article: string, id: string) {
  const token = await tokenOf(member);
  const [all, here] = await Promise.all([
    call('GET /v1/me/comments', { token, query: { limit: '100' } }),
    call(`GET /v1/articles/${article}/me`, { token }),
  ]);
  const find = ({ items }: { items: { id: string }[] }) => items.find((item) => item.id === id);
  return { all: find(all.json), here: find({ items: here.json.comments }) };
}

/** Whether anybody comes upon a comment, wherever they look. */
async function isPublic(article: string, id: string): Promise<boolean> {
  const path = `/v1/articles/${article}` as const;
  const lists = [{}, { sort: 'oldest' }, { sort: 'top' }, { view: 'flat' }];
  const pages = lists.map((query) => read(`${path}/comments`, { limit: '100', ...query }));
  const texts = [...(await Promise.all(pages)), await read(`${path}/feed.xml`)].map(({ text }) => text);
  return texts.some((text) => text.includes(id)) || (await read(`${path}/comments/${id}`)).status === 200;
}

/** The verdict that moderators are shown of a comment that waits. */
const waiting = async (id: string) =>
  (await walk('/v1/moderation/queues/held', { token: await tokenOf('mod', ['moderator']) })).flat().find((item) => item.id === id);

describe('a member’s standing', () => {
  it('is normal for somebody who has never been here, with an empty record', async () => {
    const { status, json, headers } = await moderate(userPath('nobody'));
    expect(status).toBe(200);
    expect(json).toEqual({
      id: 'nobody',
      name: null,
      standing: 'normal',
      until: null,
      note: null,
      record: { approved: 0, held: 0, rejected: 0, spam: 0, deleted: 0, muted: 0 },
      revision: 0,
    });
    expect(headers.etag).toMatch(/^"0\./);
    expect(headers['cache-control']).toBe('private, no-store');
  });

  it('comes with the record of what became of their comments', async () => {
    const ids = await Promise.all(['one', 'two', 'three', 'four', 'five'].map((text) => comment('rec', 'a', `number ${text}`)));
    await comment('rec', 'a', 'this is fishy');
    await comment('rec', 'a', 'a very bad thing');
    await settle();
    await decide('a', ids[0] ?? '', 'spam');
    await call(`DELETE /v1/articles/a/comments/${ids[1]}`, { token: await tokenOf('rec') });
    await settle();
    expect(await user('rec')).toMatchObject({
      id: 'rec',
      name: 'rec',
      standing: 'normal',
      record: { approved: 3, held: 1, rejected: 1, spam: 1, deleted: 1, muted: 0 },
    });
  });

  it('is given as a whole, and again', async () => {
    const until = ahead(10);
    expect(await give('whole', 'held', { until, note: 'Three warnings' })).toMatchObject({
      standing: 'held',
      until,
      note: 'Three warnings',
      revision: 1,
    });
    expect(await user('whole')).toMatchObject({ standing: 'held', until, note: 'Three warnings', revision: 1 });
    expect(await give('whole', 'muted')).toMatchObject({ standing: 'muted', until: null, note: null, revision: 2 });
    expect(await give('whole', 'normal', { note: 'Talked it over' })).toMatchObject({ standing: 'normal', note: 'Talked it over' });
  });

  it('ends by itself', async () => {
    const until = ahead(10);
    await give('ends', 'banned', { until, note: 'A day off' });
    goTo(new Date(Date.parse(until) - 1).toISOString());
    expectProblem(await post('ends', 'a', 'too early'), 403, 'forbidden');
    goTo(until);
    expect(await user('ends')).toMatchObject({ standing: 'normal', until: null, note: null, revision: 1 });
    expect((await post('ends', 'a', 'back again')).status).toBe(201);
  });

  it.each(['auth0|5f6', 'ann@news.example', 'a/b?c=d&e#f', 'Zoë Ångström', '%2F', '李', '💬'.repeat(128)])(
    'is of whatever id the site has given: %s',
    async (id) => {
      expect(await give(id, 'banned')).toMatchObject({ id, standing: 'banned' });
      expect(await user(id)).toMatchObject({ id, standing: 'banned' });
      expectProblem(await post(id, 'a', 'let me in'), 403, 'forbidden');
    },
  );

  it.each(['x'.repeat(129), 'a\nb', '\u0000'])('is of no id that no token can have: %j', async (id) => {
    expectProblem(await moderate(userPath(id)), 404, 'not-found');
    expectProblem(await patch(id, { standing: 'held' }), 404, 'not-found');
  });

  it.each([
    ['no standing', { note: 'x' }, '/standing'],
    ['a standing nobody knows', { standing: 'shadowbanned' }, '/standing'],
    ['an end in the past', { standing: 'held', until: '2020-01-01T00:00:00Z' }, '/until'],
    ['an end that is no time', { standing: 'held', until: 'tomorrow' }, '/until'],
    ['an end of normality', { standing: 'normal', until: '2099-01-01T00:00:00Z' }, '/until'],
    ['an endless note', { standing: 'held', note: 'x'.repeat(1_001) }, '/note'],
    ['a field nobody knows', { standing: 'held', reason: 'x' }, '/reason'],
  ])('is refused with %s, and stays as it was', async (_what, body, path) => {
    const refused = await patch('refused', body);
    expectProblem(refused, 422, 'invalid');
    expect(refused.json.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    expect(await user('refused')).toMatchObject({ standing: 'normal', revision: 0 });
  });

  it('takes If-Match: the revision or the ETag, stale afterwards, and * for anybody', async () => {
    const etag = (await moderate(userPath('match'))).headers.etag;
    expect((await patch('match', { standing: 'held' }, etag)).status).toBe(200);
    expectProblem(await patch('match', { standing: 'banned' }, etag), 412, 'stale-revision');
    expectProblem(await patch('match', { standing: 'banned' }, '"7"'), 412, 'stale-revision');
    expect((await patch('match', { standing: 'muted' }, '"1"')).headers.etag).toMatch(/^"2\./);
    expect((await patch('match', { standing: 'normal' }, '*')).json.revision).toBe(3);
    expect((await patch('match-new', { standing: 'held' }, '*')).json.revision).toBe(1);
  });

  it('goes to one of two who give it at once over the same revision', async () => {
    const answers = await Promise.all((['held', 'muted', 'banned'] as const).map((standing) => patch('race', { standing }, '"0"')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(await user('race')).toMatchObject({ revision: 1, standing: answers.find(({ status }) => status === 200)?.json.standing });
  });

  it('is told with what waits of theirs, as it is now', async () => {
    const [id, other] = [await comment('queued', 'moderated', 'wait for me'), await comment('queued-2', 'moderated', 'and for me')];
    await settle();
    const until = ahead(10);
    await give('queued', 'held', { until });
    expect((await waiting(id)).authorRecord).toEqual({ approved: 0, rejected: 0, standing: 'held' });
    expect((await waiting(other)).authorRecord.standing).toBe('normal');
    goTo(until);
    expect((await waiting(id)).authorRecord.standing).toBe('normal');
  });
});

describe('a banned member', () => {
  it('may not write, from the next post on, whoever they answer', async () => {
    const id = await comment('ann', 'a', 'a comment to answer');
    const mine = await comment('bad', 'a', 'my own, from before');
    await settle();
    await give('bad', 'banned');
    expectProblem(await post('bad', 'a', 'one more'), 403, 'forbidden');
    expectProblem(await post('bad', 'a', 'a reply', id), 403, 'forbidden');
    expectProblem(await edit('bad', 'a', mine, 'changed my mind'), 403, 'forbidden');
    expectProblem(await react('bad', 'a', id), 403, 'forbidden');
    expectProblem(await report('bad', 'a', id), 403, 'forbidden');
    await settle();
    expect((await read(`/v1/articles/a/comments/${mine}`)).json).toMatchObject({ body: 'my own, from before', revision: 1 });
    expect((await read(`/v1/articles/a/comments/${id}`)).json).toMatchObject({ replyCount: 0, reactions: {} });
  });

  it('is told until when', async () => {
    const until = ahead(10);
    await give('bad-until', 'banned', { until });
    const refused = await post('bad-until', 'a', 'one more');
    expectProblem(refused, 403, 'forbidden');
    expect(refused.json.detail).toContain(until);
  });

  it('may take back what they wrote, and read and export what is theirs', async () => {
    const other = await comment('ann', 'a', 'somebody likes this');
    const mine = await comment('bad-2', 'a', 'something to take back');
    await settle();
    await react('bad-2', 'a', other);
    await settle();
    await give('bad-2', 'banned', { note: 'for moderators alone' });
    const token = await tokenOf('bad-2');
    expect((await call(`DELETE /v1/articles/a/comments/${other}/reaction`, { token })).status).toBe(204);
    expect((await call(`DELETE /v1/articles/a/comments/${mine}`, { token })).status).toBe(204);
    expect((await call('GET /v1/me/comments', { token })).json.items).toMatchObject([{ id: mine, status: 'deleted' }]);
    const exported = await call('GET /v1/me/export', { token });
    expect(exported.json.items[0]).toEqual({ type: 'profile', id: 'bad-2', name: 'bad-2', standing: 'banned', until: null });
    expect(exported.text).not.toContain('moderators alone');
  });

  it('leaves no trace of what was refused: it may be said once the ban is lifted', async () => {
    const id = await comment('bad-3', 'a', 'the first thing');
    await settle();
    await give('bad-3', 'banned');
    await post('bad-3', 'a', 'what I meant to post');
    await edit('bad-3', 'a', id, 'what I meant to edit');
    await give('bad-3', 'normal');
    const again = [await comment('bad-3', 'a', 'what I meant to post'), await comment('bad-3', 'a', 'what I meant to edit')];
    await settle();
    for (const each of again) expect(await isPublic('a', each)).toBe(true);
  });
});

describe('a trusted member', () => {
  beforeAll(() => give('tru', 'trusted'));

  it('skips every rule but the banned phrases', async () => {
    const texts = [
      'something fishy',
      'https://a.example https://b.example https://c.example',
      'WHY DOES NOBODY EVER LISTEN TO ME',
      'twice',
    ];
    const ids = [];
    for (const text of [...texts, 'twice']) ids.push(await comment('tru', 'a', text));
    ids.push(await comment('tru', 'moderated', 'no need to wait'));
    const bad = await comment('tru', 'a', 'a very bad thing');
    await settle();
    for (const id of ids) expect((await own('tru', 'a', id)).all).toMatchObject({ status: 'approved' });
    expect((await own('tru', 'a', bad)).all).toMatchObject({ status: 'rejected' });
  });

  it('is held like anybody by what readers report', async () => {
    const id = await comment('tru', 'a', 'not to everybody’s taste');
    await settle();
    for (const member of ['r1', 'r2', 'r3']) expect((await report(member, 'a', id)).status).toBe(201);
    await settle();
    expect((await waiting(id)).verdict.rules).toMatchObject([{ rule: 'reports' }]);
    expect((await edit('tru', 'a', id, 'not to anybody’s taste')).status).toBe(200);
    await settle();
    expect((await waiting(id)).body).toBe('not to anybody’s taste');
  });
});

describe('a held member', () => {
  beforeAll(() => give('hel', 'held'));

  it.each(['a', 'moderated', 'open'])('always waits, on article %s', async (article) => {
    const posted = await post('hel', article, `a thoughtful remark on ${article}`);
    expect(posted.json.status).toBe('pending');
    expect(await isPublic(article, posted.json.id)).toBe(false);
    await settle();
    expect(await isPublic(article, posted.json.id)).toBe(false);
    expect((await own('hel', article, posted.json.id)).here).toMatchObject({ status: 'held' });
    const { verdict, authorRecord } = await waiting(posted.json.id);
    expect(verdict.rules).toContainEqual({
      rule: 'standing',
      action: 'hold',
      evidence: 'every comment of this member waits for a moderator',
    });
    expect(authorRecord.standing).toBe('held');
  });

  it('is rejected where the policy rejects', async () => {
    const id = await comment('hel', 'a', 'a very bad thing');
    await settle();
    expect((await own('hel', 'a', id)).all).toMatchObject({ status: 'rejected' });
  });

  it('waits with an edit of what was approved before, also where comments are visible at once', async () => {
    const id = await comment('hel-2', 'open', 'approved before');
    await settle();
    await give('hel-2', 'held');
    const edited = await edit('hel-2', 'open', id, 'changed afterwards');
    expect(edited.json).toMatchObject({ status: 'pending', body: 'changed afterwards' });
    expect((await read(`/v1/articles/open/comments/${id}`)).json.body).toBe('approved before');
    await settle();
    expect(await isPublic('open', id)).toBe(false);
    expect((await waiting(id)).body).toBe('changed afterwards');
  });

  it('is over when it is lifted: the last edit is what is shown', async () => {
    const id = await comment('hel-3', 'open', 'the first text');
    await settle();
    await give('hel-3', 'held');
    await edit('hel-3', 'open', id, 'the second text');
    await give('hel-3', 'normal');
    expect((await edit('hel-3', 'open', id, 'the third text', 2)).json.status).toBe('approved');
    await settle();
    expect((await read(`/v1/articles/open/comments/${id}`)).json).toMatchObject({ body: 'the third text', revision: 3 });
  });
});

describe('a muted member', () => {
  beforeAll(() => give('mut', 'muted', { note: 'a troll' }));

  /** What an answer gives away besides what was said and by whom. */
  const shapeOf = ({ status, headers, json }: TestResponse) => ({
    status,
    headers: Object.keys(headers).sort(),
    etag: headers.etag?.replace(/\..*/, ''),
    fields: Object.keys(json ?? {}),
    told: json?.status,
    revision: json?.revision,
  });

  it.each(['a', 'open', 'moderated'])('is answered like everybody on article %s, and nobody else ever sees it', async (article) => {
    const count = async () => (await read('/v1/counts', { articles: article })).json.counts[article];
    await settle();
    const before = [await count(), await heldSize()];
    const [mine, other] = [await post('mut', article, `provoking ${article}`), await post('like-mut', article, `harmless ${article}`)];
    const id = mine.json.id as string;
    expect(shapeOf(mine)).toEqual(shapeOf(other));
    await decide(article, other.json.id, 'reject');
    expect(await isPublic(article, id)).toBe(false);
    await settle();
    expect(await isPublic(article, id)).toBe(false);
    expect([await count(), await heldSize()]).toEqual(before);
    for (const told of Object.values(await own('mut', article, id))) {
      expect(told).toMatchObject({ status: 'approved', body: `provoking ${article}`, author: { id: 'mut' } });
    }
  });

  it('cannot find it out by what is refused to others', async () => {
    const ids = [await comment('mut', 'a', 'a very bad thing'), await comment('mut', 'a', 'this is fishy')];
    await settle();
    for (const id of ids) expect((await own('mut', 'a', id)).here).toMatchObject({ status: 'approved' });
  });

  it('may edit, answer and like their own, and take it back, as if it were there', async () => {
    const id = await comment('mut', 'a', 'hello out there');
    await settle();
    expect(await edit('mut', 'a', id, 'hello again')).toMatchObject({ status: 200, json: { status: 'pending', revision: 2 } });
    await settle();
    const reply = await post('mut', 'a', 'answering myself', id);
    expect(reply).toMatchObject({ status: 201, json: { depth: 1, parentId: id } });
    expect((await react('mut', 'a', id)).status).toBe(200);
    expectProblem(await report('mut', 'a', id), 409, 'conflict');
    await settle();
    expect((await own('mut', 'a', id)).here).toMatchObject({ body: 'hello again', status: 'approved', reactions: { like: 1 } });
    expect(await isPublic('a', reply.json.id)).toBe(false);
    expect((await call(`DELETE /v1/articles/a/comments/${id}`, { token: await tokenOf('mut') })).status).toBe(204);
    expect((await own('mut', 'a', id)).all).toMatchObject({ status: 'deleted' });
    await settle();
  });

  it('is not there for others to answer, like or report', async () => {
    const id = await comment('mut', 'a', 'anybody?');
    await settle();
    expectProblem(await post('ann', 'a', 'yes?', id), 404, 'not-found');
    expectProblem(await react('ann', 'a', id), 404, 'not-found');
    expectProblem(await report('ann', 'a', id), 404, 'not-found');
  });

  it('may react to and report others, which counts', async () => {
    const id = await comment('ann', 'a', 'something to react to');
    await settle();
    expect((await react('mut', 'a', id)).status).toBe(200);
    expect((await report('mut', 'a', id)).status).toBe(201);
    await settle();
    expect((await read(`/v1/articles/a/comments/${id}`)).json.reactions).toEqual({ like: 1 });
  });

  it('finds nothing of it in their export', async () => {
    const id = await comment('mut-2', 'a', 'before it all');
    await settle();
    await give('mut-2', 'muted', { until: ahead(10), note: 'a troll' });
    const muted = await comment('mut-2', 'a', 'after it all');
    await settle();
    const { json, text } = await call('GET /v1/me/export', { token: await tokenOf('mut-2') });
    expect(json.items[0]).toEqual({ type: 'profile', id: 'mut-2', name: 'mut-2', standing: 'normal', until: null });
    const [first, second] = [id, muted].map((each) => json.items.find((item: { id: string }) => item.id === each));
    expect(second).toMatchObject({ body: 'after it all', status: 'approved' });
    expect(second.verdict).toEqual({ ...first.verdict, at: expect.any(String) });
    expect(text).not.toMatch(/mute|troll/);
  });

  it.each(['a', 'open'])('is muted with an edit of what everybody saw before, on article %s', async (article) => {
    const author = `mut-edit-${article}`;
    const id = await comment(author, article, 'seen by everybody');
    await settle();
    const reply = await comment('ann', article, `I saw it on ${article}`, id);
    await settle();
    await give(author, 'muted');
    const edited = await edit(author, article, id, 'seen by nobody');
    expect(edited).toMatchObject({ status: 200, json: { body: 'seen by nobody', status: article === 'open' ? 'approved' : 'pending' } });
    expect((await read(`/v1/articles/${article}/comments/${id}`)).text).not.toContain('seen by nobody');
    await settle();
    expect((await read(`/v1/articles/${article}/comments/${id}`)).json).toMatchObject({ status: 'removed', body: null, author: null });
    expect(await isPublic(article, reply)).toBe(true);
    expect((await own(author, article, id)).here).toMatchObject({ status: 'approved', body: 'seen by nobody' });
  });

  it('is muted to moderators, who may decide otherwise', async () => {
    const id = await comment('mut-3', 'a', 'before the mute');
    await settle();
    await give('mut-3', 'muted');
    const [good, bad] = [await comment('mut-3', 'a', 'fair enough'), await comment('mut-3', 'a', 'not fair at all')];
    await settle();
    expect((await user('mut-3')).record).toMatchObject({ approved: 1, muted: 2 });
    expect(await decide('a', good, 'approve')).toMatchObject({ outcome: 'applied', status: 'approved' });
    expect(await decide('a', bad, 'reject')).toMatchObject({ outcome: 'applied', status: 'rejected' });
    await settle();
    expect(await isPublic('a', good)).toBe(true);
    expect((await own('mut-3', 'a', bad)).here).toMatchObject({ status: 'rejected' });
    expect((await user('mut-3')).record).toMatchObject({ approved: 2, rejected: 1, muted: 0 });
    expect(await isPublic('a', id)).toBe(true);
  });

  it('is heard again when the mute has ended, with what they post or edit from then on', async () => {
    const until = ahead(5);
    await give('mut-4', 'muted', { until });
    const id = await comment('mut-4', 'a', 'during the mute');
    await settle();
    goTo(until);
    expect((await edit('mut-4', 'a', id, 'after the mute')).status).toBe(200);
    const later = await comment('mut-4', 'a', 'a new beginning');
    await settle();
    expect(await isPublic('a', id)).toBe(true);
    expect(await isPublic('a', later)).toBe(true);
  });
});
