import { asDecided, type CommentItem } from '#comments/comment.ts';
import type { CommentFact } from '../event.ts';

type Kind = CommentFact['type'];

/** What a change of a comment's item is to those outside; nothing for what only settling is concerned with. */
export function commentEvents(before: CommentItem | undefined, after: CommentItem): CommentFact[] {
  const { article, order = '', parentId = null, status, revision } = asDecided(after);
  return kindsOf(before && asDecided(before), asDecided(after)).map((type) => ({
    type,
    articleId: article,
    commentId: order,
    parentId,
    status,
    revision,
  }));
}

function kindsOf(before: CommentItem | undefined, after: CommentItem): Kind[] {
  if (before === undefined) return after.status === 'approved' ? ['comment.submitted', 'comment.approved'] : ['comment.submitted'];
  if (after.status === 'deleted') return before.status === 'deleted' ? [] : ['comment.deleted'];
  const edited = (after.earlier?.length ?? 0) > (before.earlier?.length ?? 0);
  return [...(edited ? (['comment.edited'] as const) : []), ...(isDecided(before, after) ? outcomeOf(after) : [])];
}

/** A new status is a decision, and so is what becomes of an edit that waited, though the status may be the same as before. */
const isDecided = (before: CommentItem, after: CommentItem): boolean =>
  before.status !== after.status || (before.edited !== undefined && after.edited === undefined);

/** What a muted member posts is nobody else's concern. */
function outcomeOf({ status }: CommentItem): Kind[] {
  return status === 'approved' || status === 'held' || status === 'rejected' || status === 'spam' ? [`comment.${status}`] : [];
}
