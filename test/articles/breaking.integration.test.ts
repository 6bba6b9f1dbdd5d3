import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { slowWindow } from '#members/slow-window.ts';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, decide, give, moderate, openNewsroom, post, publish, putPolicy, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('calm');
});

afterEach(() => vi.useRealTimers());

const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const goTo = async (moment: string | number) => {
  vi.useFakeTimers({ toFake: ['Date'], now: typeof moment === 'string' ? Date.parse(moment) : moment });
  await ageCaches();
};

/** Changes how an article takes comments, as a moderator does. */
async function change(articleId: string, commenting: object, role = 'moderator') {
  const answer = await call(`PATCH /v1/articles/${articleId}`, { token: await tokenOf('mod', [role]), body: { commenting } });
  await ageCaches();
  return answer;
}

const viewOf = async (articleId: string) => (await read(`/v1/articles/${articleId}`)).json.commenting;

/** The verdict on a comment that waits for a moderator; nothing for one that does not. */
async function waiting(id: string) {
  const { json } = await moderate('/v1/moderation/queues/held', { query: { limit: '100' } });
  return json.items.find((item: { id: string }) => item.id === id)?.verdict;
}

/** Posts, settles, and gives the verdict if the comment waits. */
async function screened(member: string, articleId: string, body: string) {
  const id = await comment(member, articleId, body);
  await settle();
  return waiting(id);
}

describe('breaking-news mode', () => {
  it('is shown to readers while it runs, and ends by itself', async () => {
    const until = ahead(10);
    await publish('shown');
    expect((await viewOf('shown')).breaking).toBeNull();
    expect((await change('shown', { breaking: { slowSeconds: 30, until } })).json.commenting).toEqual({
      open: true,
      mode: 'screened',
      closesAt: null,
      breaking: { slowSeconds: 30, holdNewcomers: false, links: true, until },
    });
    expect((await viewOf('shown')).breaking).toEqual({ slowSeconds: 30, holdNewcomers: false, links: true, until });
    const etag = (await read('/v1/articles/shown')).headers.etag;
    await goTo(until);
    expect((await viewOf('shown')).breaking).toBeNull();
    expect((await read('/v1/articles')).json.items.find(({ id }: { id: string }) => id === 'shown').commenting.breaking).toBeNull();
    expect((await read('/v1/articles/shown')).headers.etag).not.toBe(etag);
  });

  it('may be put again as it was once it is over, with whatever else has changed, and is not there', async () => {
    const until = ahead(10);
    const token = await tokenOf('desk', ['publisher']);
    const put = (title: string, breaking: object) => call('PUT /v1/articles/again', { token, body: { title, commenting: { breaking } } });
    expect((await put('A mistkae', { slowSeconds: 30, until })).status).toBe(201);
    await goTo(until);
    expect((await put('A mistake', { slowSeconds: 30, until })).json).toMatchObject({ title: 'A mistake', commenting: { breaking: null } });
    expectProblem(await put('A mistake', { slowSeconds: 30, until: new Date(Date.parse(until) - 1).toISOString() }), 422, 'invalid');
  });

  it('is put as a whole, stays where it is not named, and null ends it', async () => {
    const until = ahead(10);
    await publish('whole', { commenting: { breaking: { slowSeconds: 30, links: false, until } } });
    await change('whole', { open: false });
    await publish('whole');
    await publish('whole', { commenting: { mode: 'moderated' } });
    expect((await viewOf('whole')).breaking).toMatchObject({ slowSeconds: 30, links: false });
    await change('whole', { breaking: { holdNewcomers: true, until } });
    expect((await viewOf('whole')).breaking).toEqual({ slowSeconds: null, holdNewcomers: true, links: true, until });
    expect((await change('whole', { breaking: null })).json.commenting).toMatchObject({ open: false, mode: 'moderated', breaking: null });
    const seen = await viewOf('whole');
    expect((await change('whole', seen)).json.commenting).toEqual(seen);
  });

  it.each([
    ['no end', { slowSeconds: 30 }, '/until'],
    ['an end that is over', { until: '2020-01-01T00:00:00Z' }, '/until'],
    ['an end in more than a week', { until: ahead(7 * 24 * 60 + 1) }, '/until'],
    ['no pause at all', { slowSeconds: 0, until: ahead(1) }, '/slowSeconds'],
    ['a pause of more than an hour', { slowSeconds: 3_601, until: ahead(1) }, '/slowSeconds'],
    ['half a second', { slowSeconds: 0.5, until: ahead(1) }, '/slowSeconds'],
    ['a number of links', { links: 2, until: ahead(1) }, '/links'],
    ['a field nobody knows', { holdAll: true, until: ahead(1) }, '/holdAll'],
  ])('is refused with %s, and nothing changes', async (_what, breaking, path) => {
    const before = (await publish('refused')).json;
    for (const refused of [await change('refused', { breaking }), await publish('refused', { commenting: { breaking } })]) {
      expectProblem(refused, 422, 'invalid');
      expect(refused.json.errors.map((error: { path: string }) => error.path)).toEqual([`/commenting/breaking${path}`]);
    }
    expect((await read('/v1/articles/refused')).json).toEqual(before);
  });

  it('is no business of members', async () => {
    expectProblem(await change('calm', { breaking: { until: ahead(1) } }, 'member'), 403, 'forbidden');
  });
});

describe('slow mode', () => {
  it('takes one comment of a member, tells how long to wait, and takes the next then', async () => {
    const start = Date.now();
    await goTo(start);
    await publish('slow', { commenting: { breaking: { slowSeconds: 60, until: ahead(60) } } });
    const first = await post('sam', 'slow', 'the first');
    expect(first.status).toBe(201);
    expect(first.headers['ratelimit-policy']).toMatch(/, "slow";q=1;w=60$/);
    expect(first.headers.ratelimit).toMatch(/, "slow";r=0;t=60$/);

    const second = await post('sam', 'slow', 'the second');
    expectProblem(second, 429, 'too-many-requests');
    expect(second.headers['retry-after']).toBe('60');
    expect(second.headers.ratelimit).toMatch(/, "slow";r=0;t=60$/);
    expect((await post('sue', 'slow', 'somebody else')).status).toBe(201);

    await goTo(start + 59_999);
    expectProblem(await post('sam', 'slow', 'the second'), 429, 'too-many-requests');
    await goTo(start + 60_000);
    expect((await post('sam', 'slow', 'the second')).status).toBe(201);
  });

  it('takes one of several that come at once', async () => {
    await publish('slow-race', { commenting: { breaking: { slowSeconds: 60, until: ahead(60) } } });
    const answers = await Promise.all([1, 2, 3, 4].map((n) => post('rae', 'slow-race', `at once, ${n}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 429, 429, 429]);
  });

  it('is a matter of each article, and of posts alone', async () => {
    const other = ['slow-b', 'slow-c', 'slow-d'].find((id) => slowWindow(id, 1).place !== slowWindow('slow-a', 1).place) ?? '';
    for (const id of ['slow-a', other]) await publish(id, { commenting: { breaking: { slowSeconds: 60, until: ahead(60) } } });
    const id = await comment('sol', 'slow-a', 'on the first article');
    expect((await post('sol', other, 'on the second article')).status).toBe(201);
    const calm = await post('sol', 'calm', 'on a calm article');
    expect(calm.status).toBe(201);
    expect(calm.headers['ratelimit-policy']).not.toContain('slow');
    const edited = await call(`PATCH /v1/articles/slow-a/comments/${id}`, {
      token: await tokenOf('sol'),
      body: { body: 'on the very first article' },
      headers: { 'if-match': '"1"' },
    });
    expect(edited.status).toBe(200);
    expectProblem(await post('sol', 'slow-a', 'and once more'), 429, 'too-many-requests');
  });

  it('is over with breaking-news mode, ended or at its end', async () => {
    const until = ahead(10);
    await publish('slow-over', { commenting: { breaking: { slowSeconds: 3_600, until } } });
    for (const member of ['ava', 'eli']) await comment(member, 'slow-over', `${member} was here`);
    expectProblem(await post('ava', 'slow-over', 'again'), 429, 'too-many-requests');
    await goTo(until);
    expect((await post('ava', 'slow-over', 'again')).status).toBe(201);
    vi.useRealTimers();
    await change('slow-over', { breaking: null });
    expect((await post('eli', 'slow-over', 'me again')).status).toBe(201);
  });
});

describe('newcomers to breaking news', () => {
  it('wait for a moderator, with the reason, until a comment of theirs is approved', async () => {
    await comment('old-hand', 'calm', 'I have been here before');
    await settle();
    await publish('news', { commenting: { breaking: { holdNewcomers: true, until: ahead(10) } } });
    expect(await screened('old-hand', 'news', 'and here I am again')).toBeUndefined();

    const first = await comment('new-face', 'news', 'what is happening?');
    await settle();
    expect(await waiting(first)).toMatchObject({
      outcome: 'held',
      rules: [{ rule: 'newcomers', action: 'hold', evidence: 'breaking news: 0 approved comments so far, 1 are asked for' }],
    });
    expect(await screened('new-face', 'news', 'hello?')).toMatchObject({ outcome: 'held' });
    expect(await screened('new-face', 'calm', 'nothing happens here')).toBeUndefined();
    await decide('news', first, 'approve');
    await settle();
    expect(await screened('new-face', 'news', 'thank you')).toBeUndefined();
  });

  it('do not wait when they are trusted', async () => {
    await publish('news-2', { commenting: { breaking: { holdNewcomers: true, links: false, until: ahead(10) } } });
    await give('reporter', 'trusted');
    expect(await screened('reporter', 'news-2', 'our correspondent: https://news.example')).toBeUndefined();
  });

  it('are welcome again at its end', async () => {
    const until = ahead(10);
    await publish('news-3', { commenting: { breaking: { holdNewcomers: true, links: false, until } } });
    await goTo(until);
    expect(await screened('too-late', 'news-3', 'look: https://news.example')).toBeUndefined();
  });
});

describe('links in breaking news', () => {
  it('make any comment wait, and the verdict names them', async () => {
    await publish('links', { commenting: { breaking: { links: false, until: ahead(10) } } });
    expect(await screened('liv', 'links', 'see [here](https://rumours.example/1)')).toMatchObject({
      outcome: 'held',
      rules: [{ rule: 'links', action: 'hold', evidence: 'breaking news: 1 links: https://rumours.example/1' }],
    });
    expect(await screened('liv', 'links', 'no link in sight')).toBeUndefined();
    expect(await screened('liv', 'calm', 'see [there](https://rumours.example/2)')).toBeUndefined();
  });

  it('make an edit wait, too', async () => {
    await publish('links-2', { commenting: { breaking: { links: false, until: ahead(10) } } });
    const id = await comment('len', 'links-2', 'harmless');
    await settle();
    await call(`PATCH /v1/articles/links-2/comments/${id}`, {
      token: await tokenOf('len'),
      body: { body: 'https://rumours.example/3' },
      headers: { 'if-match': '"1"' },
    });
    await settle();
    expect(await waiting(id)).toMatchObject({ rules: [{ rule: 'links' }] });
  });

  it('are as many as the policy allows where it says nothing', async () => {
    await putPolicy({ links: { max: 0 } });
    await publish('links-3', { commenting: { breaking: { slowSeconds: 1, until: ahead(10) } } });
    expect(await screened('lou', 'links-3', 'https://rumours.example/4')).toMatchObject({
      rules: [{ rule: 'links', evidence: '1 links: https://rumours.example/4' }],
    });
    await putPolicy({});
  });
});
