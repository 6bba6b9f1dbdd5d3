import { uuidv7 } from 'uuidv7';
import type { Comment } from '#comments/comment.ts';
import { packView } from '#comments/rules/view.ts';

/** A comment as the table holds it, fresh from its author unless told otherwise; `undefined` leaves a field out. */
export function commentWith(fields: { [K in keyof Comment]?: Comment[K] | undefined } = {}): Comment {
  const comment = {
    order: uuidv7(),
    articleId: 'a1',
    authorId: 'ann',
    view: packView({ parentId: null, depth: 0, author: null, body: 'x', html: '<p>x</p>', editedAt: null, featured: false }),
    status: 'pending',
    revision: 1,
    version: 1,
    unsettled: true,
    unscreened: true,
    ...fields,
  };
  return Object.fromEntries(Object.entries(comment).filter(([, value]) => value !== undefined)) as unknown as Comment;
}
