import { deleteComment } from '#comments/delete-comment.ts';
import { patchComment } from '#comments/patch-comment.ts';
import { postAppeal } from '#comments/post-appeal.ts';
import { postComment } from '#comments/post-comment.ts';
import { entry } from '#http/entry.ts';
import { deleteMe } from '#members/delete-me.ts';
import { exportMe } from '#members/export-me.ts';
import { getErasure } from '#members/get-erasure.ts';
import { getMyArticle } from '#members/get-my-article.ts';
import { listMyComments } from '#members/list-my-comments.ts';
import { deleteReaction } from '#reactions/delete-reaction.ts';
import { putReaction } from '#reactions/put-reaction.ts';
import { postReport } from '#reports/post-report.ts';

/** Lambda entry of what members do. */
export const handler = entry('member', {
  postComment,
  patchComment,
  deleteComment,
  putReaction,
  deleteReaction,
  postReport,
  postAppeal,
  getMyArticle,
  listMyComments,
  exportMe,
  deleteMe,
  getErasure,
});
