import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { noContent } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { writeTransaction } from '#table/transaction.ts';
import { readArticle } from './article-storage.ts';
import { noSuchArticle } from './known-article.ts';
import { buildRemoval } from './removal.ts';
import { untilWritten } from './until-written.ts';

/** Takes an article and its comments off public view; everything is kept for moderators, and a `PUT` brings it back. */
export const deleteArticle = endpoint({
  params: z.object({ articleId }),
  handle: async ({ params, ifMatch, now }) =>
    untilWritten(async () => {
      const stored = await readArticle(params.articleId, { consistent: true });
      if (stored === undefined) throw noSuchArticle();
      requireMatch(ifMatch, stored.article.revision);
      const outcome = await writeTransaction(buildRemoval(params.articleId, stored.article.revision, now));
      return outcome.kind === 'committed' ? noContent : undefined;
    }),
});
