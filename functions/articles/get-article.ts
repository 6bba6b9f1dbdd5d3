import * as z from 'zod/mini';
import { publicEndpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { recentPolicy } from '#moderation/policy-storage.ts';
import { readArticle } from './article-storage.ts';
import { viewOfArticle, viewWithBody } from './article-view.ts';
import { noSuchArticle } from './known-article.ts';
import { commentCountOf } from './tally.ts';

export const getArticle = publicEndpoint({
  params: z.object({ articleId }),
  handle: async ({ params, now }) => {
    const [stored, { policy }] = await Promise.all([readArticle(params.articleId), recentPolicy()]);
    if (stored === undefined) throw noSuchArticle();
    const { article, body, tally } = stored;
    return ok(viewWithBody(viewOfArticle(article, commentCountOf(tally), policy.mode, now), body), article.revision);
  },
});
