import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { type Article, breakingAt, takesComments } from '#articles/article.ts';
import { freshArticle, recentArticle } from '#articles/article-storage.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { created, type Reply } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { admitPost } from '#members/admit-post.ts';
import { windowsOf } from '#members/rules/rate.ts';
import { slowWindow } from '#members/slow-window.ts';
import { recentPolicy } from '#moderation/policy-storage.ts';
import { acceptBody } from './accept-body.ts';
import type { Comment } from './comment.ts';
import { readComment, writeNewComment } from './comment-storage.ts';
import { type FirstAnswer, firstAnswer, firstAnswerSoon, keepAnswer, repeatable } from './idempotency.ts';
import { newComment } from './new-comment.ts';
import { isShown, seenBy } from './rules/status.ts';
import { printComment } from './rules/view.ts';

export const postComment = endpoint({
  params: z.object({ articleId }),
  body: z.strictObject({ body: z.string(), parentId: z.optional(z.nullable(commentId)) }),
  handle: async ({ params, body: input, caller, now, idempotencyKey }) => {
    const again = repeatable(idempotencyKey, caller, [params.articleId, input.body, input.parentId ?? null]);
    const earlier = again && (await firstAnswer(again, now));
    if (earlier !== undefined) return replyOf(earlier);

    const [article, { policy }, parent] = await Promise.all([
      articleToPostOn(params.articleId, now),
      recentPolicy(),
      input.parentId ? readParent(params.articleId, input.parentId, caller.id) : undefined,
    ]);
    requireOpen(article, now);
    const text = acceptBody(input.body, policy.maxLength);

    const id = uuidv7();
    const slowSeconds = breakingAt(article.commenting, now)?.slowSeconds;
    const windows = [...windowsOf(policy.rate), ...(slowSeconds ? [slowWindow(params.articleId, slowSeconds)] : [])];
    const post = { commentId: id, body: text.body, key: again?.key.sk };
    const { standing, repeated, headers, admittedAt } = await admitPost(caller, post, windows, now);
    const underWay = again && admittedAt && (await firstAnswerSoon(again, admittedAt, now));
    if (underWay !== undefined) return replyOf(underWay);

    const open = (article.commenting.mode ?? policy.mode) === 'open';
    const { shards } = article.commenting;
    const comment = newComment({ id, articleId: params.articleId, parent, author: caller, text, open, shards, standing, repeated });
    const body = printComment(params.articleId, seenBy(caller.id, comment));
    const answer = { location: `/v1/articles/${params.articleId}/comments/${id}`, body };

    const written = await writeNewComment(comment, again && keepAnswer(again, answer, now));
    if (written) return replyOf(answer, headers);
    // The same request was under way twice, and the other was first.
    const first = again && (await firstAnswer(again, now));
    if (first !== undefined) return replyOf(first, headers);
    throw new Problem('unavailable', 'The comment could not be written.', { headers: { 'retry-after': '1' } });
  },
});

/** The answer to a post; a new comment is always at its first revision. */
function replyOf({ location, body }: FirstAnswer, headers: Record<string, string> = {}): Reply {
  const reply = created(location, body, 1);
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** An article that takes no comments may take them again since a moment ago. */
async function articleToPostOn(articleId: string, now: Date): Promise<Article | undefined> {
  const article = await recentArticle(articleId);
  return article === undefined || takesComments(article.commenting, now) ? article : freshArticle(articleId);
}

function requireOpen(article: Article | undefined, now: Date): asserts article is Article {
  if (article === undefined) throw new Problem('not-found', 'There is no such article.');
  if (!takesComments(article.commenting, now)) throw new Problem('comments-closed', 'This article takes no more comments.');
}

/**
 * The comment that is answered: an approved one, or the caller's own that is still being screened. What readers cannot
 * see is told as unknown, whatever was guessed of its id.
 */
async function readParent(articleId: string, parentId: string, callerId: string): Promise<Comment> {
  const found = await readComment(articleId, parentId, { consistent: true });
  const parent = found && seenBy(callerId, found);
  if (parent === undefined || !(isShown(parent) || parent.authorId === callerId)) {
    throw new Problem('not-found', 'There is no such comment to reply to.', {
      errors: [{ path: '/parentId', message: 'names no comment of this article' }],
    });
  }
  if (parent.status !== 'approved' && parent.status !== 'pending') {
    throw new Problem('conflict', 'This comment can no longer be replied to.');
  }
  return parent;
}
