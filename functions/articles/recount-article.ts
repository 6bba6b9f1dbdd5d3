import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { logFigures } from '#http/log.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { readArticle } from './article-storage.ts';
import { noSuchArticle } from './known-article.ts';
import { NotRecountable, recount } from './recount.ts';
import { recounted } from './recount-round.ts';

export const recountArticle = endpoint({
  params: z.object({ articleId }),
  handle: async ({ params, now }) => {
    if ((await readArticle(params.articleId, { evenRemoved: true })) === undefined) throw noSuchArticle();
    try {
      const result = await recount(params.articleId, now);
      const drifted = result.drift > 0 ? { [params.articleId]: result.drift } : {};
      logFigures('recounted', { woken: result.woken, drifted }, [recounted({ Articles: 1, Drift: result.drift })]);
      return ok(result);
    } catch (error) {
      if (!(error instanceof NotRecountable)) throw error;
      throw new Problem('unavailable', `It cannot be recounted in one request: ${error.message}.`, { headers: { 'retry-after': '5' } });
    }
  },
});
