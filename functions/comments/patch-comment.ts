import * as z from 'zod/mini';
import { knownArticle } from '#articles/known-article.ts';
import type { Caller } from '#http/caller.ts';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { type RememberedEdit, rememberEdit } from '#members/remember-edit.ts';
import { recentPolicy } from '#moderation/policy-storage.ts';
import { backoff } from '#table/backoff.ts';
import { acceptBody } from './accept-body.ts';
import { changeComment, keepRevision } from './change-comment.ts';
import type { Comment } from './comment.ts';
import { readOwnComment } from './own-comment.ts';
import { mayStillEdit, mostEdits } from './rules/edit-window.ts';
import { firstStatus, seenBy } from './rules/status.ts';
import { createdAt, packView, printComment, unpackView } from './rules/view.ts';

/**
 * An author edits a comment. It is screened again before anybody sees it: until then readers go on seeing the approved
 * text, so nothing can be slipped in after approval.
 */
export const patchComment = endpoint({
  params: z.object({ articleId, commentId }),
  body: z.strictObject({ body: z.string() }),
  handle: async ({ params, body: input, ifMatch, caller, now }) => {
    if (ifMatch === undefined) throw new Problem('precondition-required', 'Name the revision you have edited with If-Match.');
    const [article, { policy }] = await Promise.all([knownArticle(params.articleId), recentPolicy()]);
    const open = (article.commenting.mode ?? policy.mode) === 'open';
    let edit: Edit | undefined;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const comment = await readOwnComment(params.articleId, params.commentId, caller);
      requireMatch(ifMatch, comment.revision);
      requireEditable(comment, policy.editMinutes, now);
      edit ??= await prepareEdit(caller, comment, acceptBody(input.body, policy.maxLength), now);
      const edited = await writeEdit(comment, edit, open, now);
      if (edited !== undefined) return ok(printComment(params.articleId, seenBy(caller.id, edited)), edited.revision);
      await backoff(attempt);
    }
    throw new Problem('unavailable', 'The comment is being changed.', { headers: { 'retry-after': '1' } });
  },
});

/** Times an edit is tried again over settling, which moves the comment but not its revision. */
const tries = 5;

/** What an edit says, and what is known of who says it. */
interface Edit extends RememberedEdit {
  text: { body: string; html: string };
}

const prepareEdit = async (caller: Caller, { order }: Comment, text: Edit['text'], now: Date): Promise<Edit> => ({
  text,
  ...(await rememberEdit(caller, order, text.body, now)),
});

/** Writes an edit over what was read; nothing when the comment has moved since. */
async function writeEdit(comment: Comment, { text, repeated, standing }: Edit, open: boolean, now: Date): Promise<Comment | undefined> {
  const view = packView({ ...unpackView(comment.edited ?? comment.view), ...text, editedAt: now.toISOString() });
  // What its author sees as approved is shown at once in an open article; what is muted, to them alone.
  const status = comment.status === 'approved' || comment.status === 'muted' ? firstStatus(open, standing) : 'pending';
  const set = {
    ...(status === 'pending' ? { edited: view } : { view, status, edited: undefined }),
    earlier: [...(comment.earlier ?? []), comment.revision],
    unscreened: true as const,
    verdicts: undefined,
    repeated,
    standing: standing === 'normal' ? undefined : standing,
  };
  if (!(await changeComment(comment, set, [keepRevision(comment, now)]))) return undefined;
  return { ...comment, view, status, revision: comment.revision + 1 };
}

function requireEditable(comment: Comment, editMinutes: number, now: Date): void {
  if (comment.status === 'rejected' || comment.status === 'spam' || comment.status === 'deleted') {
    throw new Problem('conflict', 'This comment can no longer be edited.');
  }
  if (!mayStillEdit(createdAt(comment.order), editMinutes, now)) {
    throw new Problem('conflict', `A comment may be edited for ${editMinutes} minutes.`);
  }
  if ((comment.earlier?.length ?? 0) >= mostEdits) throw new Problem('conflict', `A comment may be edited ${mostEdits} times.`);
}
