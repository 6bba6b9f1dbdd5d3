import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';

/** An Atom feed (RFC 4287) of comments. */
export interface AtomFeed {
  /** A permanent UUID that names the feed (§4.2.6). */
  id: string;
  title: string;
  /** Where the feed lies: a reference, so that it holds behind whichever host it is read from (§4.2.7.1). */
  self: string;
  /** The page that the feed is about. */
  page: string | null;
  updated: string;
  entries: readonly AtomEntry[];
}

export interface AtomEntry {
  id: string;
  title: string;
  author: string;
  published: string;
  updated: string;
  html: string;
  /** The entry that this one answers (RFC 4685 §3). */
  inReplyTo: string | null;
}

/** Writes a feed as XML. The serializer escapes all that is text and drops control characters; the rest is done below. */
export function writeAtom(feed: AtomFeed): string {
  const tree = x('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xmlns:thr': 'http://purl.org/syndication/thread/1.0' }, [
    x('id', urn(feed.id)),
    x('title', feed.title),
    x('updated', feed.updated),
    x('link', { rel: 'self', type: 'application/atom+xml', href: feed.self }),
    ...pageLink(feed.page),
    ...feed.entries.map((entry) => writeEntry(entry, feed.page)),
  ]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${wellFormed(toXml(tree))}\n`;
}

function writeEntry(entry: AtomEntry, page: string | null) {
  return x('entry', [
    x('id', urn(entry.id)),
    x('title', entry.title),
    x('author', [x('name', entry.author)]),
    x('published', entry.published),
    x('updated', entry.updated),
    ...pageLink(page),
    ...(entry.inReplyTo === null ? [] : [x('thr:in-reply-to', { ref: urn(entry.inReplyTo) })]),
    x('content', { type: 'html' }, entry.html),
  ]);
}

const urn = (uuid: string) => `urn:uuid:${uuid}`;

const pageLink = (page: string | null) => (page === null ? [] : [x('link', { rel: 'alternate', type: 'text/html', href: page })]);

/**
 * Makes XML of what the serializer leaves as it is: half characters and U+FFFE, which XML has no way to write, become
 * U+FFFD (XML 1.0 §2.2), `]]>` must not stand in text (§2.4), a bare carriage return would be read as a line feed (§2.11).
 */
const wellFormed = (xml: string): string => xml.replaceAll(notXml, '\uFFFD').replaceAll(']]>', ']]&gt;').replaceAll('\r', '&#xD;');

const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
