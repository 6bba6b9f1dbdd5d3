import type { Comment } from '../comment.ts';
import { packView, unpackView } from './view.ts';

/** What is left of a comment that its author took back: its place in the thread, and nothing that was said. */
export function erased(comment: Pick<Comment, 'view'>): Partial<Record<keyof Comment, unknown>> {
  const { parentId, depth } = unpackView(comment.view);
  return {
    status: 'deleted',
    view: packView({ parentId, depth, author: null, body: null, html: null, editedAt: null, featured: false }),
    edited: undefined,
    earlier: undefined,
    unscreened: undefined,
    verdict: undefined,
    verdicts: undefined,
    repeated: undefined,
    standing: undefined,
    judged: undefined,
    appeal: undefined,
  };
}
