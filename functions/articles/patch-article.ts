import * as z from 'zod/mini';
import { type Caller, mayAccess } from '#http/caller.ts';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { recentPolicy } from '#moderation/policy-storage.ts';
import { type ArticlePatch, articlePatch } from './article-schema.ts';
import { readArticle, writeArticle } from './article-storage.ts';
import { viewOfArticle, viewWithBody } from './article-view.ts';
import { requireBreakingEnd } from './breaking-end.ts';
import { noSuchArticle } from './known-article.ts';
import { patched } from './rules/article-change.ts';
import { refuseFewerShards } from './spread.ts';
import { commentCountOf } from './tally.ts';
import { untilWritten } from './until-written.ts';

/** Changes some fields of an article. The text is written only where it is given. */
export const patchArticle = endpoint({
  params: z.object({ articleId }),
  body: articlePatch,
  handle: async ({ params, body: patch, ifMatch, caller, now }) => {
    requireMayPatch(caller, patch);
    requireBreakingEnd(patch.commenting, now);
    return untilWritten(async () => {
      const stored = await readArticle(params.articleId, { consistent: true });
      if (stored === undefined) throw noSuchArticle();
      requireMatch(ifMatch, stored.article.revision);
      refuseFewerShards(stored.article, patch.commenting);
      const article = patched(stored.article, patch, now);
      const body = patch.body === undefined ? undefined : (patch.body ?? []);
      const outcome = await writeArticle(article, body, stored);
      if (outcome.kind !== 'committed') return undefined;
      const { policy } = await recentPolicy();
      const view = viewOfArticle(article, commentCountOf(stored.tally), policy.mode, now);
      return ok(viewWithBody(view, body ?? stored.body), article.revision);
    });
  },
});

/** The article is the publisher's; how it takes comments is a moderator's business too. */
function requireMayPatch(caller: Caller, patch: ArticlePatch): void {
  if (mayAccess(caller, 'publisher') || Object.keys(patch).every((field) => field === 'commenting')) return;
  throw new Problem('forbidden', 'A moderator may change commenting only; the rest needs the role publisher.');
}
