import { recountArticle } from '#articles/recount-article.ts';
import { entry } from '#http/entry.ts';
import { getUser } from '#members/get-user.ts';
import { patchUser } from '#members/patch-user.ts';
import { claimComments } from '#moderation/claim-comments.ts';
import { decideOnComments } from '#moderation/decisions.ts';
import { getCommentHistory } from '#moderation/get-comment-history.ts';
import { getJob } from '#moderation/get-job.ts';
import { getPolicy } from '#moderation/get-policy.ts';
import { getQueues } from '#moderation/get-queues.ts';
import { getStats } from '#moderation/get-stats.ts';
import { giveBackClaims } from '#moderation/give-back-claims.ts';
import { listAudit } from '#moderation/list-audit.ts';
import { listQueue } from '#moderation/list-queue.ts';
import { putPolicy } from '#moderation/put-policy.ts';
import { searchComments } from '#moderation/search-comments.ts';
import { startJob } from '#moderation/start-job.ts';
import { tryPolicy } from '#moderation/try-policy.ts';

/** Lambda entry of what moderators and admins do. */
export const handler = entry('moderator', {
  getQueues,
  listQueue,
  claimComments,
  giveBackClaims,
  decideOnComments,
  getCommentHistory,
  searchComments,
  listAudit,
  getStats,
  getUser,
  patchUser,
  getPolicy,
  putPolicy,
  tryPolicy,
  recountArticle,
  startJob,
  getJob,
});
