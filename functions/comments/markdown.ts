import MarkdownIt, { type Token } from 'markdown-it';

/**
 * The Markdown that comments may use: emphasis, links, quotes, lists and code. No raw HTML, no images, no headings: a
 * comment speaks inside somebody else's page. Everything else comes out as text. markdown-it escapes all text itself, and
 * only the rules named here can produce a tag.
 */
const markdown = new MarkdownIt('zero', { html: false, linkify: true, breaks: true })
  .enable(['newline', 'escape', 'entity', 'backticks', 'emphasis', 'strikethrough', 'link', 'autolink', 'linkify', 'text_join'])
  .enable(['blockquote', 'list', 'fence', 'balance_pairs', 'fragments_join']);

/**
 * Only addresses that a reader may safely follow; markdown-it asks this of every link. Without its slashes `https:logout`
 * would be a path of the very site that shows the comment (WHATWG URL, «special relative or authority state»).
 */
markdown.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url) && URL.canParse(url);

/** `nofollow ugc` tells search engines whose link it is, `noopener` keeps the page from being steered by the target. */
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'nofollow ugc noopener');
  return leadsNowhere(tokens[index]) ? '' : self.renderToken(tokens, index, options);
};
markdown.renderer.rules.link_close = (tokens, index, options, _env, self) => {
  const opened = tokens.slice(0, index).findLast(({ type }) => type === 'link_open');
  return leadsNowhere(opened) ? '' : self.renderToken(tokens, index, options);
};

/** CommonMark takes `[text]()` for a link without an address, and asks nobody whether it is valid: its text is enough. */
const leadsNowhere = (link: Token | undefined): boolean => link?.attrGet('href') === '';

/**
 * Renders a comment's text as HTML that is safe to insert as it is. Misleading characters go twice: from the text, where
 * they could hide mark-up, and from the rendering, where entities such as `&#x202E;` have become what they stand for.
 */
export const renderComment = (body: string): string => markdown.render(body.replaceAll(invisible, '')).replaceAll(invisible, '').trimEnd();

/**
 * Characters that let a text show something other than it says: bidirectional overrides and isolates (Unicode TR #36
 * §2.1), zero-width blanks and fillers. Joiners stay: scripts and emoji need them.
 */
const invisible = /[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF\u00AD\u115F\u1160\u3164]/g;
