import * as z from 'zod/mini';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { publicEndpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { line, page } from '#http/scalars.ts';
import { recentPolicy } from '#moderation/policy-storage.ts';
import { allArticles, sectionOf } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';
import { type ArticleItem, articleOf } from './article.ts';
import { viewOfArticle } from './article-view.ts';
import { commentCounts } from './tally.ts';

/** Where an article stands in a list: its time of publication, then its id. */
const position = /^\d{4}-\d\d-\d\dT[\d:.]+Z [\w.~-]{1,128}$/;

export const listArticles = publicEndpoint({
  query: z.object({ ...page, section: z.optional(line(100)) }),
  handle: async ({ query: { limit, cursor, section }, now }) => {
    const scope = ['articles', section ?? ''];
    const [rows, { policy }] = await Promise.all([
      queryIndex<ArticleItem>({
        ...(section === undefined ? { index: 'thread', partition: allArticles } : { index: 'flat', partition: sectionOf(section) }),
        limit: limit + 1,
        ascending: false,
        after: readCursor(cursor, scope, position),
      }),
      recentPolicy(),
    ]);
    const articles = rows.slice(0, limit).map(articleOf);
    const counts = await commentCounts(articles.map((article) => article.id));
    const last = rows.slice(0, limit).at(-1);
    return ok({
      items: articles.map((article) => viewOfArticle(article, counts.get(article.id) ?? 0, policy.mode, now)),
      nextCursor: rows.length > limit && last?.order !== undefined ? writeCursor(last.order, scope) : null,
    });
  },
});
