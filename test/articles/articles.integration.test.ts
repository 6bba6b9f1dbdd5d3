import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, openNewsroom, publish, putPolicy, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;
const desk = tokenOf('desk', ['publisher']);

beforeAll(async () => {
  settle = await openNewsroom();
});

const whole = {
  title: 'The River Rises',
  url: 'https://news.example.org/river?x=1',
  author: 'Ann Author',
  section: 'Local',
  publishedAt: '2026-11-20T10:00:00+01:00',
  body: [{ heading: 'Monday', paragraphs: ['One.', 'Two.'] }, { paragraphs: ['Three.'] }],
  commenting: { open: true, mode: 'open', closesAt: '2030-01-01T00:00:00Z' },
};

describe('an article', () => {
  it('is created with 201 and its place, and read back as it was put', async () => {
    const put = await call('PUT /v1/articles/whole', { token: await desk, body: whole });
    expect(put.status).toBe(201);
    expect(put.headers.location).toBe('/v1/articles/whole');
    expect(put.json).toEqual({
      ...whole,
      id: 'whole',
      publishedAt: '2026-11-20T09:00:00.000Z',
      commenting: { ...whole.commenting, closesAt: '2030-01-01T00:00:00.000Z', breaking: null },
      commentCount: 0,
      revision: 1,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect((await read('/v1/articles/whole')).json).toEqual(put.json);
  });

  it('has null for what was never said, and follows the policy in how it takes comments', async () => {
    await publish('bare');
    expect((await read('/v1/articles/bare')).json).toMatchObject({
      url: null,
      author: null,
      section: null,
      body: [],
      commenting: { open: true, mode: 'screened', closesAt: null, breaking: null },
    });
    await putPolicy({ mode: 'moderated' });
    expect((await read('/v1/articles/bare')).json.commenting.mode).toBe('moderated');
    await putPolicy({});
  });

  it('is replaced with 200: what is left out is emptied, but not how comments are taken', async () => {
    await call('PUT /v1/articles/again', { token: await desk, body: { ...whole, commenting: { open: false, mode: 'moderated' } } });
    const put = await call('PUT /v1/articles/again', { token: await desk, body: { title: 'Shorter', publishedAt: whole.publishedAt } });
    expect(put).toMatchObject({ status: 200, json: { title: 'Shorter', url: null, author: null, section: null, body: [], revision: 2 } });
    expect(put.json.commenting).toEqual({ open: false, mode: 'moderated', closesAt: null, breaking: null });
    expect(put.headers.location).toBeUndefined();
    expect((await read('/v1/articles/again')).json).toEqual(put.json);
  });

  it('keeps its comments and their count when it is replaced', async () => {
    await publish('kept');
    await comment('ann', 'kept', 'stays');
    await settle();
    expect((await publish('kept', { title: 'New title' })).json.commentCount).toBe(1);
    expect((await read('/v1/articles/kept/comments')).json.items).toHaveLength(1);
  });

  it('tells that comments are closed once closesAt has passed', async () => {
    await publish('over', { commenting: { closesAt: '2026-01-01T00:00:00Z' } });
    expect((await read('/v1/articles/over')).json.commenting).toEqual({
      open: false,
      mode: 'screened',
      closesAt: '2026-01-01T00:00:00.000Z',
      breaking: null,
    });
  });

  it('takes half a character as U+FFFD rather than failing over it', async () => {
    const put = await publish('half', { title: 'a\uD800b', body: [{ paragraphs: ['c\uDC00'] }] });
    expect(put).toMatchObject({ status: 201, json: { title: 'a\uFFFDb', body: [{ paragraphs: ['c\uFFFD'] }] } });
  });
});

describe('If-Match on an article', () => {
  const put = async (id: string, ifMatch: string) =>
    call(`PUT /v1/articles/${id}`, {
      token: await desk,
      body: { title: 'T', publishedAt: whole.publishedAt },
      headers: { 'if-match': ifMatch },
    });

  it('takes the revision in quotes, and is stale afterwards', async () => {
    await publish('m1');
    expect(await put('m1', '"1"')).toMatchObject({ status: 200, json: { revision: 2 } });
    expectProblem(await put('m1', '"1"'), 412, 'stale-revision');
    expect((await read('/v1/articles/m1')).json.revision).toBe(2);
  });

  it.each(['*', '"1"', '"nonsense"'])('%s never matches an article that does not exist', async (ifMatch) => {
    expectProblem(await put('m2', ifMatch), 412, 'stale-revision');
    expectProblem(await read('/v1/articles/m2'), 404, 'not-found');
  });

  it('lets one of many writers through who replace the same revision at once', async () => {
    await publish('m3');
    const answers = await Promise.all(Array.from({ length: 8 }, () => put('m3', '"1"')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
    expect((await read('/v1/articles/m3')).json.revision).toBe(2);
  });
});

describe('counts', () => {
  it('are of approved comments, replies included; an unknown or impossible id counts 0', async () => {
    await publish('c1');
    const parent = await comment('ann', 'c1', 'one');
    await settle();
    await comment('ben', 'c1', 'two', parent);
    await settle();
    await comment('cat', 'c1', 'not yet counted');
    const { json } = await read('/v1/counts', { articles: 'c1,unknown,a b,c1,__proto__' });
    expect(Object.entries(json.counts)).toEqual([
      ['c1', 2],
      ['unknown', 0],
      ['a b', 0],
      ['__proto__', 0],
    ]);
    await settle();
    expect((await read('/v1/counts', { articles: 'c1' })).json).toEqual({ counts: { c1: 3 } });
  });

  it('are told of a hundred articles at once', async () => {
    const articles = Array.from({ length: 100 }, (_, n) => `x${n}`);
    const { json } = await read('/v1/counts', { articles: articles.join(',') });
    expect(Object.keys(json.counts)).toEqual(articles);
  });
});

describe('the list of articles', () => {
  it('is newest first, of all or of one section, without their text but with their counts', async () => {
    await publish('l1', { section: 'Sport', publishedAt: '2027-01-01T00:00:00Z', body: [{ paragraphs: ['x'] }] });
    await publish('l2', { section: 'Sport', publishedAt: '2027-01-03T00:00:00Z' });
    await publish('l3', { section: 'Arts', publishedAt: '2027-01-02T00:00:00Z' });
    await comment('ann', 'l1', 'goal');
    await settle();
    const sport = await read('/v1/articles', { section: 'Sport' });
    expect(sport.json).toMatchObject({
      items: [
        { id: 'l2', commentCount: 0 },
        { id: 'l1', commentCount: 1 },
      ],
      nextCursor: null,
    });
    expect(sport.json.items[1]).not.toHaveProperty('body');
    const all = await read('/v1/articles', { limit: '3' });
    expect(all.json.items.map(({ id }: { id: string }) => id)).toEqual(['l2', 'l3', 'l1']);
    expect((await read('/v1/articles', { section: 'None' })).json).toEqual({ items: [], nextCursor: null });
  });

  it('follows an article that moves to another section', async () => {
    await publish('mover', { section: 'Before' });
    await publish('mover', { section: 'After' });
    expect((await read('/v1/articles', { section: 'Before' })).json.items).toEqual([]);
    expect((await read('/v1/articles', { section: 'After' })).json.items).toHaveLength(1);
  });
});
