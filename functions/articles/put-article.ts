import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { created, ok } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { recentPolicy } from '#moderation/policy-storage.ts';
import { articleInput } from './article-schema.ts';
import { readArticle, writeArticle } from './article-storage.ts';
import { viewOfArticle, viewWithBody } from './article-view.ts';
import { requireBreakingEnd, withoutEndedBreaking } from './breaking-end.ts';
import { replaced } from './rules/article-change.ts';
import { commentCountOf } from './tally.ts';
import { untilWritten } from './until-written.ts';

/**
 * Creates or replaces an article. A removed one comes back with its comments: to whoever asks it was not there, so that is
 * told as created (RFC 9110 §9.3.4) and no `If-Match` matches it (§13.1.1), but its revisions go on and never repeat.
 */
export const putArticle = endpoint({
  params: z.object({ articleId }),
  body: articleInput,
  handle: ({ params, body: given, ifMatch, now }) =>
    untilWritten(async () => {
      const stored = await readArticle(params.articleId, { consistent: true, evenRemoved: true });
      const input = withoutEndedBreaking(given, stored?.article, now);
      requireBreakingEnd(input.commenting, now);
      const isThere = stored !== undefined && !stored.removed;
      requireMatch(ifMatch, isThere ? stored.article.revision : 0);
      const article = replaced(params.articleId, input, stored?.article, now);
      const body = input.body ?? [];
      const outcome = await writeArticle(article, body, stored);
      if (outcome.kind !== 'committed') return undefined;
      const { policy } = await recentPolicy();
      const view = viewWithBody(viewOfArticle(article, commentCountOf(stored?.tally), policy.mode, now), body);
      return isThere ? ok(view, article.revision) : created(`/v1/articles/${article.id}`, view, article.revision);
    }),
});
