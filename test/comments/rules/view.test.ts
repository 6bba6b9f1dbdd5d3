import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderComment } from '#comments/markdown.ts';
import { cleanBody } from '#comments/rules/body.ts';
import { type CommentView, createdAt, packView, printComment, printPublic, unpackView } from '#comments/rules/view.ts';
import { prose } from '../../support/prose.ts';

const id = '01a2087d-055f-761f-a4ff-8ff03da283de';

/** Texts made of what could be mistaken for the marks of the packed form. */
const trickyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        '\\',
        '\n',
        '\n\n',
        '\\n',
        ',"body":',
        ',"html":',
        ',',
        '{',
        '}',
        '</p>',
        '<p>',
        '&quot;',
        '&',
        'null',
        '\u2028',
      ),
      fc.constantFrom('\uD800', '\uDC00', '😀', '\u0000', 'a', ' '),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const longText = fc.string({ unit: 'binary', minLength: 200, maxLength: 2_000 });

const anyText = fc.oneof(trickyText, fc.string({ unit: 'binary' }), longText);

const anyView: fc.Arbitrary<CommentView> = fc.record({
  parentId: fc.option(fc.constant(id)),
  depth: fc.nat(),
  author: fc.option(fc.record({ id: anyText, name: anyText, picture: fc.option(anyText) })),
  body: fc.option(anyText),
  html: fc.option(anyText),
  editedAt: fc.option(fc.constant('2026-11-23T09:00:00.000Z')),
  featured: fc.boolean(),
});

describe('packing a view', () => {
  it('gives back exactly what was put in, whatever the texts are', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(unpackView(packView(view))).toEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  it('gives back the rendering of any comment', () => {
    fc.assert(
      fc.property(anyText.map(cleanBody), (body) => {
        const view = { parentId: null, depth: 0, author: null, body, html: renderComment(body), editedAt: null, featured: false };
        expect(unpackView(packView(view))).toEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out a rendering that follows from the text', () => {
    const body = 'A plain "text".\n\nWith a second paragraph.';
    const packed = packView({ parentId: null, depth: 0, author: null, body, html: renderComment(body), editedAt: null, featured: false });
    expect(packed).not.toContain('<p>');
    expect(unpackView(packed).html).toBe('<p>A plain &quot;text&quot;.</p>\n<p>With a second paragraph.</p>');
  });

  it('takes little more than what the comment says', () => {
    const author = { id: 'ann', name: 'Ann', picture: null };
    const packed = packView({ parentId: id, depth: 1, author, body: 'Yes.', html: '<p>Yes.</p>', editedAt: null, featured: false });
    expect(packed).toBe(`["Yes.",1,"${id}","ann","Ann"]`);
  });

  it('deflates what would take more than a write unit with what stands beside it', () => {
    const packedOf = (body: string) =>
      packView({
        parentId: null,
        depth: 0,
        author: { id: 'ann', name: 'Ann', picture: null },
        body,
        html: null,
        editedAt: null,
        featured: false,
      });
    expect(packedOf(prose.slice(0, 500))).toBeTypeOf('string');
    const packed = packedOf(prose);
    expect(packed).toBeInstanceOf(Uint8Array);
    expect(packed.length).toBeLessThan(prose.length * 0.6);
    expect(unpackView(packed).body).toBe(prose);
  });

  it('reads long views that came back as base64 from a function that knew no bytes', () => {
    const view = { parentId: null, depth: 0, author: null, body: prose, html: `<p>${prose}</p>`, editedAt: null, featured: false };
    expect(unpackView(Buffer.from(packView(view) as Uint8Array).toString('base64'))).toEqual(view);
  });

  it('reads long views that were stored as they are', () => {
    const view = { parentId: null, depth: 0, author: null, body: prose, html: `<p>${prose}</p>`, editedAt: null, featured: false };
    expect(unpackView(JSON.stringify([prose, 0, null]))).toEqual(view);
  });

  it('reads views that were stored as objects, with and without their rendering', () => {
    const view = { parentId: id, depth: 1, author: null, editedAt: null, featured: true, body: '*x*' };
    expect(unpackView(JSON.stringify(view))).toEqual({ ...view, html: '<p>*x*</p>' });
    expect(unpackView(JSON.stringify({ ...view, html: '<p><em>x</em></p>' }))).toEqual({ ...view, html: '<p><em>x</em></p>' });
  });

  it('keeps a rendering that has mark-up', () => {
    const packed = packView({
      parentId: null,
      depth: 0,
      author: null,
      body: '*x*',
      html: '<p><em>x</em></p>',
      editedAt: null,
      featured: false,
    });
    expect(packed).toContain('<em>');
  });
});

describe('printing a comment', () => {
  it('is always JSON that says what was put in', () => {
    fc.assert(
      fc.property(anyView, fc.nat(), (view, replyCount) => {
        const printed = JSON.parse(printComment('a1', { order: id, view: packView(view), status: 'approved', revision: 3, replyCount }));
        expect(printed).toEqual({
          ...view,
          id,
          articleId: 'a1',
          status: 'approved',
          createdAt: createdAt(id),
          replyCount,
          reactions: {},
          revision: 3,
        });
      }),
    );
  });

  it.each([
    ['held', 'removed'],
    ['rejected', 'removed'],
    ['spam', 'removed'],
    ['muted', 'removed'],
    ['deleted', 'deleted'],
  ] as const)('shows readers a %s comment as a tombstone that is %s, without any of its text', (status, shown) => {
    fc.assert(
      fc.property(anyView, (view) => {
        const reactions = { like: 2 };
        const printed = JSON.parse(printPublic('a1', { order: id, view: packView(view), status, revision: 2, replyCount: 1, reactions }));
        expect(printed).toEqual({
          id,
          articleId: 'a1',
          parentId: view.parentId,
          depth: view.depth,
          author: null,
          body: null,
          html: null,
          editedAt: null,
          featured: false,
          status: shown,
          createdAt: createdAt(id),
          replyCount: 1,
          reactions: {},
          revision: 2,
        });
      }),
      { numRuns: 30 },
    );
  });

  it('reads the time of a comment out of its id', () => {
    expect(createdAt('019e5d2b-1c00-7abc-8def-0123456789ab')).toBe(new Date(0x019e5d2b1c00).toISOString());
  });
});

it('is printed the same in whatever order the store tells the kinds of reactions', () => {
  const view = packView({ parentId: null, depth: 0, author: null, body: 'x', html: '<p>x</p>', editedAt: null, featured: false });
  const printedWith = (reactions: Record<string, number>) =>
    printPublic('a1', { order: id, view, status: 'approved', revision: 1, reactions });
  expect(printedWith({ love: 1, like: 2, sad: 0 })).toBe(printedWith({ sad: 0, like: 2, love: 1 }));
  expect(JSON.parse(printedWith({ love: 1, like: 2, sad: 0 })).reactions).toEqual({ like: 2, love: 1 });
});
