import { beforeAll, describe, expect, it } from 'vitest';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, decide, publish, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';
import { all, readXml, text } from '../support/xml.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = settler(await createTable());
});

/** The feed of an article, read by a parser that takes nothing ill-formed. */
async function feedOf(articleId: string) {
  const answer = await read(`/v1/articles/${articleId}/feed.xml`);
  expect(answer.status).toBe(200);
  const feed = readXml(answer.text);
  return { answer, feed, entries: all(feed, 'entry') };
}

describe('the feed of an article', () => {
  it('is Atom: who said what when, newest first, replies included', async () => {
    await publish('f1', { title: 'Rivers & <Rain>', url: 'https://news.example.org/f1?a=1&b=2', publishedAt: '2026-01-01T00:00:00Z' });
    const first = await comment('f1-ann', 'f1', '**Bold** & "quoted" <b>not bold</b>');
    await settle();
    const reply = await comment('f1-ben', 'f1', 'I answer', first);
    const last = await comment('f1-cat', 'f1', 'Latest');
    await settle();
    const { answer, feed, entries } = await feedOf('f1');

    expect(answer.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(feed).toMatchObject({ name: 'feed', attributes: { xmlns: 'http://www.w3.org/2005/Atom' } });
    expect(text(feed, 'title')).toBe('Rivers & <Rain>');
    expect(text(feed, 'id')).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(all(feed, 'link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'self', type: 'application/atom+xml', href: '/v1/articles/f1/feed.xml' },
      { rel: 'alternate', type: 'text/html', href: 'https://news.example.org/f1?a=1&b=2' },
    ]);
    expect(entries.map((entry) => text(entry, 'id'))).toEqual([last, reply, first].map((id) => `urn:uuid:${id}`));
    const printed = (await read(`/v1/articles/f1/comments/${first}`)).json;
    const entry = entries[2]!;
    expect(text(entry, 'title')).toBe('Bold & "quoted" <b>not bold</b>');
    expect(text(all(entry, 'author')[0]!, 'name')).toBe('f1-ann');
    expect(text(entry, 'published')).toBe(printed.createdAt);
    expect(text(entry, 'updated')).toBe(printed.createdAt);
    expect(all(entry, 'content')[0]).toMatchObject({ attributes: { type: 'html' }, text: printed.html });
    expect(all(entry, 'thr:in-reply-to')).toEqual([]);
    expect(all(entries[1]!, 'thr:in-reply-to')[0]?.attributes).toEqual({ ref: `urn:uuid:${first}` });
    expect(text(feed, 'updated')).toBe(text(entries[0]!, 'updated'));
  });

  it('shows what is approved and nothing else, not even the place of what was taken down', async () => {
    await publish('f2');
    const parent = await comment('f2-ann', 'f2', 'will be taken down');
    await settle();
    await comment('f2-ben', 'f2', 'stays', parent);
    await settle();
    await decide('f2', parent, 'reject');
    await settle();
    await comment('f2-cat', 'f2', 'is not screened yet');
    const { answer, entries } = await feedOf('f2');
    expect(entries).toHaveLength(1);
    expect(answer.text).not.toContain('taken down');
    expect(answer.text).not.toContain('f2-cat');
  });

  it('is updated by an edit', async () => {
    await publish('f3', { publishedAt: '2026-01-01T00:00:00Z' });
    const id = await comment('f3-ann', 'f3', 'before');
    await settle();
    const token = await tokenOf('f3-ann');
    const { json } = await call(`PATCH /v1/articles/f3/comments/${id}`, { token, body: { body: 'after' }, headers: { 'if-match': '"1"' } });
    await settle();
    const { feed, entries } = await feedOf('f3');
    expect(text(entries[0]!, 'title')).toBe('after');
    expect(text(entries[0]!, 'updated')).toBe(json.editedAt);
    expect(text(feed, 'updated')).toBe(json.editedAt);
    expect(text(entries[0]!, 'published')).toBe(json.createdAt);
  });

  it('has fifty entries at most, the newest of top level and replies together, whatever the size of the thread', async () => {
    await publish('f4');
    const ids: string[] = [];
    for (let n = 0; n < 70; n += 1) {
      ids.push(await comment(`f4-${n}`, 'f4', `number ${n}`, n > 0 && n % 3 === 0 ? ids[0] : undefined));
      if (n === 0) await settle();
    }
    await settle();
    await ageCaches();
    const cost = await unitsOf(() => call('GET /v1/articles/f4/feed.xml'));
    expect(cost.calls.sort()).toEqual(['GetItem', 'Query', 'Query']);
    const { entries } = await feedOf('f4');
    expect(entries.map((entry) => text(entry, 'id'))).toEqual(
      ids
        .slice(-50)
        .reverse()
        .map((id) => `urn:uuid:${id}`),
    );
  });

  it('of an article without comments is empty, as new as the article', async () => {
    await publish('f5', { publishedAt: '2026-01-02T00:00:00Z' });
    const { feed, entries } = await feedOf('f5');
    expect(entries).toEqual([]);
    expect(text(feed, 'updated')).toBe('2026-01-02T00:00:00.000Z');
    expect(all(feed, 'link')).toHaveLength(1);
  });

  it('of an unknown article is told as a problem', async () => {
    expectProblem(await read('/v1/articles/unknown/feed.xml'), 404, 'not-found');
  });

  it('is kept for a moment and answers 304, like all that is public', async () => {
    await publish('f6');
    const { answer } = await feedOf('f6');
    expect(answer.headers['cache-control']).toMatch(/^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$/);
    const again = await call('GET /v1/articles/f6/feed.xml', { headers: { 'if-none-match': String(answer.headers.etag) } });
    expect(again).toMatchObject({ status: 304, text: '', headers: { etag: answer.headers.etag } });
    expect((await feedOf('f6')).answer.headers.etag).toBe(answer.headers.etag);
    await comment('f6-ann', 'f6', 'news');
    await settle();
    expect((await feedOf('f6')).answer.headers.etag).not.toBe(answer.headers.etag);
  });

  it.each([
    [']]> and <![CDATA[ in the text', ']]> & <![CDATA[x]]>'],
    ['emoji and what joins them', '👩‍👩‍👧 😀 \u{10FFFF}'],
    ['characters that are none', 'a\uFFFEb\uFFFFc'],
    ['entities', '&lt;script&gt; &amp;amp; &#x1F600;'],
    ['control characters and half characters', 'a\u0000\u0008\u001Bb\uD800c'],
  ])('is well-formed whatever was written: %s', async (name, body) => {
    const id = `x${Buffer.from(name).toString('hex')}`.slice(0, 60);
    await publish(id, { title: `T ${body}` });
    const commentId = await comment(`${id}-ann`, id, body);
    await settle();
    const { entries } = await feedOf(id);
    const { html } = (await read(`/v1/articles/${id}/comments/${commentId}`)).json;
    expect(text(entries[0]!, 'content')).toBe(html.replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD'));
  });

  it('cuts a long comment for its title, never through a character', async () => {
    await publish('f7');
    await comment('f7-ann', 'f7', `${'😀'.repeat(90)}\n\nmore`);
    await settle();
    const { entries } = await feedOf('f7');
    expect(text(entries[0]!, 'title')).toBe(`${'😀'.repeat(79)}…`);
  });
});
