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

/** A comment as the indexes hold it: its packed view, and what settling keeps beside it. */
export interface PrintableComment {
  /** The comment's id. */
  order: string;
  /** See {@link packView}. */
  view: string;
  status: CommentStatus;
  revision: number;
  replyCount?: number;
  reactions?: Record<string, number>;
}

const bodyMark = ',"body":';
const htmlMark = ',"html":';

/**
 * Writes a view as the JSON text that a page prints, so that a page is a join of strings. The rendering is left out where
 * it follows from the text, which is most comments: a row is then almost half as large, and so are its price and its way.
 */
export function packView({ body, html, ...rest }: CommentView): string {
  const head = JSON.stringify(rest).slice(0, -1);
  const text = JSON.stringify(body);
  const rendering = JSON.stringify(html);
  return `${head}${bodyMark}${text}${rendering === plainRendering(text) ? '' : `${htmlMark}${rendering}`}}`;
}

/** Reads a packed view back, rendering included. */
export const unpackView = (view: string): CommentView => JSON.parse(withRendering(view)) as CommentView;

/** The JSON text of a comment as its author and moderators see it, in whatever status. */
export function printComment(articleId: string, comment: PrintableComment): string {
  return print(articleId, comment, withRendering(comment.view).slice(1, -1), comment.status);
}

/** The JSON text of a comment as readers see it: the comment itself, or a tombstone that keeps its place. */
export function printPublic(articleId: string, comment: PrintableComment): string {
  if (isApproved(comment.status)) return printComment(articleId, comment);
  const { parentId, depth } = JSON.parse(comment.view) as CommentView;
  const tombstone = { parentId, depth, author: null, editedAt: null, featured: false, body: null, html: null };
  return print(articleId, { ...comment, reactions: {} }, JSON.stringify(tombstone).slice(1, -1), tombstoneStatus(comment.status));
}

function print(articleId: string, comment: PrintableComment, view: string, status: string): string {
  const { order: id, replyCount = 0, revision } = comment;
  const reactions = Object.fromEntries(Object.entries(comment.reactions ?? {}).filter(([, count]) => count > 0));
  return (
    `{"id":"${id}","articleId":"${articleId}",${view},"status":"${status}","createdAt":"${createdAt(id)}",` +
    `"replyCount":${replyCount},"reactions":${JSON.stringify(reactions)},"revision":${revision}}`
  );
}

/** The moment a UUIDv7 was made: its first 48 bits are milliseconds since 1970 (RFC 9562 §5.7). */
export const createdAt = (id: string): string => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString();

function withRendering(view: string): string {
  const mark = view.indexOf(bodyMark);
  if (view.includes(htmlMark, mark)) return view;
  return `${view.slice(0, -1)}${htmlMark}${plainRendering(view.slice(mark + bodyMark.length, -1))}}`;
}

/**
 * What the renderer makes of a text without any mark-up, as JSON text to JSON text. A quote inside JSON text always
 * stands behind a backslash, so the marks above can never occur inside a text.
 */
function plainRendering(text: string): string {
  if (text === 'null') return 'null';
  return `"<p>${text.slice(1, -1).replaceAll('\\"', '&quot;').replaceAll('\\n\\n', '</p>\\n<p>')}</p>"`;
}
