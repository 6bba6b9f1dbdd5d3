import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AtomFeed, writeAtom } from '../../../functions/comments/rules/atom-feed.ts';
import { all, readXml, text } from '../../support/xml.ts';

const id = '01a2087d-055f-761f-a4ff-8ff03da283de';
const time = '2026-11-23T09:00:00.000Z';

const feedOf = (any: string): AtomFeed => ({
  id,
  title: any,
  self: '/v1/articles/a1/feed.xml',
  page: any,
  updated: time,
  entries: [{ id, title: any, author: any, published: time, updated: time, html: any, inReplyTo: id }],
});

/** Any UTF-16 whatsoever, and often what XML is touchy about. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ']]>',
        '<![CDATA[',
        '&',
        '&amp;',
        '<!--',
        '-->',
        '"',
        "'",
        '\r\n',
        '\r',
        '\t',
        '\0',
        '\uD800',
        '\uDC00',
        '\uFFFE',
        '😀',
      ),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
  )
  .map((parts) => parts.join(''));

/** What XML can say of a text (XML 1.0 §2.2): no control characters, no half ones, and neither U+FFFE nor U+FFFF. */
const sayable = (any: string) =>
  any
    .replaceAll(/[^\P{Cc}\t\n\r\u{7F}-\u{9F}]/gu, '')
    .toWellFormed()
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD');

describe('an Atom feed', () => {
  it('is well-formed whatever it has to say, and says all of it that XML can', () => {
    fc.assert(
      fc.property(anyText, (any) => {
        const feed = readXml(writeAtom(feedOf(any)));
        const [entry] = all(feed, 'entry');
        const said = [text(feed, 'title'), text(entry!, 'title'), text(all(entry!, 'author')[0]!, 'name'), text(entry!, 'content')];
        expect(said).toEqual(Array(4).fill(sayable(any)));
      }),
      { numRuns: 500 },
    );
  });

  it('names no page where there is none, and no comment above where it is top level', () => {
    const [entry] = feedOf('x').entries;
    const feed = readXml(writeAtom({ ...feedOf('x'), page: null, entries: [{ ...entry!, inReplyTo: null }] }));
    expect(all(feed, 'link').map(({ attributes }) => attributes.rel)).toEqual(['self']);
    expect(all(all(feed, 'entry')[0]!, 'thr:in-reply-to')).toEqual([]);
  });
});
