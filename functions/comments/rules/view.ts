import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type CommentStatus, isApproved, tombstoneStatus } from './status.ts';

/** What the author of a comment shows. */
export interface Author {
  id: string;
  name: string;
  picture: string | null;
}

/** What a comment says of itself; settling never changes it. */
export interface CommentView {
  parentId: string | null;
  /** 0 is top level. */
  depth: number;
  author: Author | null;
  body: string | null;
  html: string | null;
  editedAt: string | null;
  featured: boolean;
}

/** A view as it is stored, see {@link packView}: as JSON, or deflated. */
export type PackedView = string | Uint8Array;

/** A comment as the indexes hold it: its packed view, and what settling keeps beside it. */
export interface PrintableComment {
  /** The comment's id. */
  order: string;
  view: PackedView;
  status: CommentStatus;
  revision: number;
  replyCount?: number;
  /** Direct replies that are shown, tombstones included. */
  shownChildren?: number;
  reactions?: Record<string, number>;
}

/** The attributes of a {@link PrintableComment} besides its id, which most indexes hold as `order`, and the ranking within `score`. */
export const printed: readonly string[] = Object.keys({
  view: true,
  status: true,
  revision: true,
  replyCount: true,
  shownChildren: true,
  reactions: true,
} satisfies Record<Exclude<keyof PrintableComment, 'order'>, true>);

/** The fields of a view in the order in which they are packed: what is seldom there comes last, and is left out at the end. */
type ViewFields = [
  body: string | null,
  depth: number,
  parentId: string | null,
  authorId?: string | null,
  name?: string,
  picture?: string | null,
  editedAt?: string | null,
  featured?: 1 | null,
  html?: string | null,
];

/** A longer view, in bytes, would take its row of the thread beyond a write unit (1 KB), with the keys and counts that stand beside it. */
const mostInAUnit = 700;
/** zlib's piece of memory for what comes out, in bytes: of the 16 KB that it takes otherwise, nearly all would be for nothing. */
const pieces = { chunkSize: 4096 };

/**
 * Writes a view as short as it can be read back, because every row that a page reads is paid for by its bytes. The
 * rendering is left out where it follows from the text, which is most comments; what is long all the same is deflated.
 */
export function packView(view: CommentView): PackedView {
  const json = JSON.stringify(fieldsOf(view));
  return Buffer.byteLength(json) > mostInAUnit ? deflateRawSync(json, pieces) : json;
}

function fieldsOf({ body, html, parentId, depth, author, editedAt, featured }: CommentView): unknown[] {
  const { id = null, name = null, picture = null } = author ?? {};
  const fields = [body, depth, parentId, id, name, picture, editedAt, featured ? 1 : null];
  if (html !== plainRendering(body)) return [...fields, html];
  return fields.slice(0, fields.findLastIndex((field) => field !== null) + 1);
}

/** Reads a packed view back, rendering included. */
export function unpackView(view: PackedView): CommentView {
  const packed = JSON.parse(jsonOf(view)) as ViewFields | CommentView;
  // Views were objects once, and those that were stored then stay so.
  if (!Array.isArray(packed)) return { ...packed, html: packed.html === undefined ? plainRendering(packed.body) : packed.html };
  const [body, depth, parentId = null, id = null, name = '', picture = null, editedAt = null, featured, html = plainRendering(body)] =
    packed;
  return { parentId, depth, author: id === null ? null : { id, name, picture }, editedAt, featured: featured === 1, body, html };
}

function jsonOf(view: PackedView): string {
  if (typeof view !== 'string') return inflateRawSync(view, pieces).toString();
  // Base64, if a function that knew no bytes took them from an image of the stream and wrote them back.
  return view.startsWith('[') || view.startsWith('{') ? view : jsonOf(Buffer.from(view, 'base64'));
}

/** The JSON text of a comment as its author and moderators see it, in whatever status. */
export const printComment = (articleId: string, comment: PrintableComment): string =>
  print(articleId, comment, unpackView(comment.view), comment.status);

/** The JSON text of a comment as readers see it: the comment itself, or a tombstone that keeps its place. */
export function printPublic(articleId: string, comment: PrintableComment): string {
  if (isApproved(comment.status)) return printComment(articleId, comment);
  const { parentId, depth } = unpackView(comment.view);
  const tombstone = { parentId, depth, author: null, editedAt: null, featured: false, body: null, html: null };
  return print(articleId, { ...comment, reactions: {} }, tombstone, tombstoneStatus(comment.status));
}

function print(articleId: string, comment: PrintableComment, view: CommentView, status: string): string {
  const { order: id, replyCount = 0, revision } = comment;
  // The store tells a map's fields in any order, and the same answer has the same ETag.
  const counts = Object.entries(comment.reactions ?? {}).filter(([, count]) => count > 0);
  const reactions = Object.fromEntries(counts.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return JSON.stringify({ id, articleId, ...view, status, createdAt: createdAt(id), replyCount, reactions, revision });
}

/** The moment a UUIDv7 was made: its first 48 bits are milliseconds since 1970 (RFC 9562 §5.7). */
export const createdAt = (id: string): string => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString();

/** The day (`yyyy-mm-dd`, UTC) on which a UUIDv7 was made. */
export const dayOf = (id: string): string => createdAt(id).slice(0, 10);

/** What the renderer makes of a text without any mark-up. */
const plainRendering = (body: string | null): string | null =>
  body === null ? null : `<p>${body.replaceAll('"', '&quot;').replaceAll('\n\n', '</p>\n<p>')}</p>`;
