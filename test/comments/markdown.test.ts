import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderComment } from '#comments/markdown.ts';
import { attacks } from './attacks.ts';

/** Every tag that a comment may have, with its attributes as they must be written. */
const allowed = [
  /^<\/?(?:p|em|strong|s|code|pre|blockquote|ul|ol|li)>$/,
  /^<br>$/,
  /^<ol start="\d{1,9}">$/,
  /^<code class="language-[^"<>]*">$/,
  /^<a href="(?:https?:\/\/|mailto:)[^"<>\s]*"(?: title="[^"<>]*")? rel="nofollow ugc noopener">$/i,
  /^<\/a>$/,
];

/** Everything in a piece of HTML that a browser could take for a tag. */
const tagsOf = (html: string) => html.match(/<[^>]*>?/g) ?? [];
const isSafe = (html: string) => tagsOf(html).every((tag) => allowed.some((shape) => shape.test(tag)));

describe('what mark-up may do', () => {
  it.each([
    ['*a* **b** ~~c~~', '<p><em>a</em> <strong>b</strong> <s>c</s></p>'],
    ['one\ntwo', '<p>one<br>\ntwo</p>'],
    ['one\n\ntwo', '<p>one</p>\n<p>two</p>'],
    ['> said', '<blockquote>\n<p>said</p>\n</blockquote>'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['`x < y`', '<p><code>x &lt; y</code></p>'],
    ['"a" & <b>', '<p>&quot;a&quot; &amp; &lt;b&gt;</p>'],
  ])('renders %j', (text, html) => {
    expect(renderComment(text)).toBe(html);
  });

  it.each(['[site](https://example.org/)', 'https://example.org/', '<https://example.org/>'])(
    'marks the link of %j as the author’s own',
    (text) => {
      expect(renderComment(text)).toContain('<a href="https://example.org/" rel="nofollow ugc noopener">');
    },
  );

  it('leaves the text of a link that leads nowhere, and the links beside it', () => {
    expect(renderComment('[a]() [**b**]() [c](https://example.org)')).toBe(
      '<p>a <strong>b</strong> <a href="https://example.org" rel="nofollow ugc noopener">c</a></p>',
    );
  });

  it.each(['https:logout', 'http:/logout', 'https:?delete=1', 'https://', 'https://[', 'https://example.org:99999'])(
    'leaves %j as text: it is no address, or one within the site that shows it',
    (address) => {
      expect(renderComment(`[x](${address}) <${address}>`)).toBe(`<p>[x](${address}) &lt;${address}&gt;</p>`);
    },
  );

  it.each(['# Title', 'Title\n=====', '###### Six', '---', '***'])('leaves the heading or rule %j as text', (text) => {
    const html = renderComment(text);
    expect(html).not.toMatch(/<h[1-6r]/);
    expect(html.replaceAll(/<\/?p>|<br>/g, '')).toBe(text);
  });

  it('never shows an image', () => {
    expect(renderComment('![cat](https://example.org/cat.png)')).not.toContain('<img');
  });

  it.each(['| a | b |\n|---|---|\n| c | d |', '[^1]: note', '    indented'])('leaves what it does not know as text: %j', (text) => {
    expect(tagsOf(renderComment(text)).every((tag) => /^<\/?(?:p|br)>$/.test(tag))).toBe(true);
  });
});

describe('attacks', () => {
  it('are enough to mean something', () => {
    expect(new Set(attacks).size).toBeGreaterThanOrEqual(40);
  });

  it.each(attacks)('leave nothing but harmless tags: %j', (text) => {
    const html = renderComment(text);
    expect(tagsOf(html).filter((tag) => !allowed.some((shape) => shape.test(tag)))).toEqual([]);
  });

  it('of any kind leave nothing but harmless tags', () => {
    const piece = fc.constantFrom(
      ...attacks.flatMap((attack) => attack.split(/(?<=[<>"'()[\]:&;` ])/)),
      '\n',
      '> ',
      '- ',
      '```',
      '*',
      '_',
      '~~',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        expect(isSafe(renderComment(pieces.join('')))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('characters that make a text look other than it is', () => {
  const misleading = ['\u202A', '\u202E', '\u2066', '\u2069', '\u200B', '\u2060', '\uFEFF', '\u00AD', '\u3164'];

  it.each(misleading)('%j is not shown', (character) => {
    expect(renderComment(`a${character}b`)).toBe('<p>ab</p>');
  });

  it.each(misleading.map((character) => character.codePointAt(0)))('is not shown when written as the entity &#%i;', (code) => {
    expect(renderComment(`a&#${code};b`)).toBe('<p>ab</p>');
  });

  it('leaves joiners, which emoji and scripts need', () => {
    expect(renderComment('👩\u200D🌾')).toBe('<p>👩\u200D🌾</p>');
  });
});
