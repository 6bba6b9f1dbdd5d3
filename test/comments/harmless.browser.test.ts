import MarkdownIt from 'markdown-it';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptBody } from '#comments/accept-body.ts';
import { renderComment } from '#comments/markdown.ts';
import { openBrowser } from '../support/browser.ts';
import { call, type TestResponse } from '../support/call.ts';
import { openNewsroom, publish, read } from '../support/newsroom.ts';
import { tokenOf } from '../support/tokens.ts';
import { visit } from '../support/visit.ts';
import { all, readXml, text } from '../support/xml.ts';
import { attacks } from './attacks.ts';
import { type Exposed, expose } from './expose.ts';

const browser = await openBrowser();
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('what is looked for', () => {
  const signs = [
    ['script in a document', '<script>alert(1)</script>', 'called alert'],
    ['script that fails', '<script>throw "x"</script>', 'met an error: Uncaught x'],
    ['script in a handler', '<p onclick=alert(1)>x</p>', 'called alert'],
    ['script that does nothing', '<p onclick=1>x</p>', 'tried script-src-attr inline'],
    ['script in a link', '<a href="javascript:alert(1)">x</a>', 'called alert'],
    ['an image', '<img src=https://evil.example/x>', 'tried img-src https://evil.example/x'],
    ['a style', '<p style="color:red">x</p>', 'tried style-src-attr inline'],
    ['an element', '<b>x</b>', 'holds <b>'],
    ['an attribute', '<p id=x>x</p>', 'holds <p id>'],
    ['a comment in the HTML', '<p>x</p><!-- x -->', 'holds #comment'],
    ['a class', '<code class="a b">x</code>', 'holds a class that names no language'],
    ['a link of no author', '<a href="https://example.org">x</a>', 'holds a link that does not say whose it is'],
    ['a link of another kind', '<a href="ftp://example.org">x</a>', 'holds a link of another kind: ftp://example.org/'],
    ['a link into the site', '<a href="https:x">x</a>', 'holds a link into the page’s own site: https://news.example/x'],
    ['text that runs backwards', '<p>&#x202E;x</p>', 'holds characters that mislead'],
    ['text that mutates', '<plaintext>x', 'reads otherwise when it is read again'],
  ] as const;
  let exposed: Exposed[];

  beforeAll(async () => {
    exposed = (
      await expose(
        browser!,
        signs.map(([, html]) => html),
      )
    ).each;
  });

  it.each(signs)('is found: %s', (_name, html, sign) => {
    expect(exposed[signs.findIndex(([, each]) => each === html)]?.found).toContain(sign);
  });

  it('is found when it comes late, as the handler of an image that cannot be loaded', async () => {
    const { each, left } = await expose(browser!, ['<img src=https://evil.example/x onerror=alert(1)>']);
    expect(each[0]?.found).toContain('called alert');
    expect(left).toContain('asked for https://evil.example/x');
  });

  it('is found when it gets out of the page', async () => {
    const socket = '<script>new WebSocket("wss://evil.example")</script>';
    const { left } = await expose(browser!, [
      socket,
      '<a href=https://evil.example target=_blank>x</a>',
      '<iframe srcdoc="<script>alert(1)</script>">',
    ]);
    expect(left).toEqual(expect.arrayContaining(['asked for wss://evil.example/', 'opened a window', 'opened a dialog: 1']));
  });

  it('is found again and again in the attacks when a careless renderer has had them', async () => {
    const careless = new MarkdownIt({ html: true, linkify: true });
    careless.validateLink = () => true;
    const some = attacks.filter((_, n) => n % 4 === 0).map((attack) => careless.render(attack));
    const { each, left } = await expose(browser!, some);
    expect(each.filter(({ found }) => found.length > 0).length).toBeGreaterThan(some.length / 2);
    expect(each.filter(({ found }) => found.includes('called alert')).length).toBeGreaterThan(10);
    expect(left.length).toBeGreaterThan(10);
  });
});

describe.skipIf(browser === undefined)('a comment', () => {
  const renderings = new Map(attacks.map((attack) => [attack, renderingsOf(attack)]));
  const exposed = new Map<string, Exposed>();
  let left: string[];

  beforeAll(async () => {
    const pieces = [...new Set([...renderings.values()].flat())];
    const exposure = await expose(browser!, pieces);
    for (const [n, html] of pieces.entries()) exposed.set(html, exposure.each[n]!);
    left = exposure.left;
  });

  it.each(attacks)('is harmless, and its links lead where they say: %j', (attack) => {
    for (const html of renderings.get(attack)!) {
      const { found, links, ways } = exposed.get(html)!;
      expect(found, html).toEqual([]);
      expect(new Set(ways), html).toEqual(new Set(links));
    }
  });

  it('never asks for anything, opens a window or a dialog', () => {
    expect(left).toEqual([]);
  });
});

/** What the API makes of a text, unless it refuses it, and what its renderer makes of the text as it came. */
function renderingsOf(attack: string): string[] {
  const rendered = renderComment(attack);
  try {
    return [acceptBody(attack, 5_000).html, rendered];
  } catch {
    return [rendered];
  }
}

describe.skipIf(browser === undefined)('what the API answers, opened as a page', () => {
  const names = attacks.filter((attack) => /^<(?:script|img|svg)[ -~]{8,60}$/.test(attack)).slice(0, 25);

  beforeAll(async () => {
    const settle = await openNewsroom();
    await publish('story', {
      title: `${names[0]} ${names[1]}`,
      author: names[2],
      section: names[3],
      body: [{ heading: names[4], paragraphs: names }],
    });
    for (const [n, name] of names.entries()) {
      const token = await tokenOf(`member-${n}`, [], name);
      await call('POST /v1/articles/story/comments', { token, body: { body: `${name} [x](javascript:alert(${n}))` } });
    }
    await settle();
  });

  it('shows names and titles in a feed as text', async () => {
    const answer = await read('/v1/articles/story/feed.xml');
    const feed = readXml(answer.text);
    expect(text(feed, 'title')).toBe(`${names[0]} ${names[1]}`);
    const entries = all(feed, 'entry');
    expect(entries.map((entry) => text(all(entry, 'author')[0]!, 'name')).toSorted()).toEqual(names.toSorted());
    // Without a type a text is no HTML (RFC 4287 §3.1.1).
    const texts = entries.flatMap((entry) => [...all(entry, 'title'), ...all(all(entry, 'author')[0]!, 'name')]);
    expect([...texts, ...all(feed, 'title')].filter(({ attributes }) => 'type' in attributes)).toEqual([]);

    const { each, left } = await expose(
      browser!,
      entries.map((entry) => text(entry, 'content')!),
    );
    expect(each.flatMap(({ found }) => found)).toEqual([]);
    expect(left).toEqual([]);
  });

  /** What a browser does with an answer that somebody opens as a page. */
  const opened = (answer: TestResponse) =>
    visit(browser!, { '/answer': answer }, '/answer', (page) =>
      page.evaluate('[...document.querySelectorAll("script, img, svg, a[href]")].map(({ localName }) => localName)'),
    );

  it.each(['/v1/articles/story', '/v1/articles/story/comments', '/v1/articles/story/feed.xml'] as const)(
    'runs nothing and shows no element of anybody’s: %s',
    async (path) => {
      expect(await opened(await read(path))).toEqual({ seen: [], complaints: [], left: [] });
    },
  );

  it('would run everything if it were called HTML', async () => {
    const answer = await read('/v1/articles/story/comments');
    const { seen, left } = await opened({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } });
    expect(seen).toContain('img');
    expect(left).toContain('opened a dialog: 1');
  });
});
