import { getArticle } from '#articles/get-article.ts';
import { getCounts } from '#articles/get-counts.ts';
import { listArticles } from '#articles/list-articles.ts';
import { getComment } from '#comments/get-comment.ts';
import { getFeed } from '#comments/get-feed.ts';
import { listComments } from '#comments/list-comments.ts';
import { entry } from '#http/entry.ts';
import { getHealth } from '#http/get-health.ts';
import { getDocs } from '#service/get-docs.ts';
import { getOpenApi } from '#service/get-open-api.ts';
import { getProblemType } from '#service/get-problem-type.ts';

/** Lambda entry of everything anybody may read, and of paths that no route knows. */
export const handler = entry('reader', {
  getHealth,
  listArticles,
  getArticle,
  getCounts,
  listComments,
  getComment,
  getFeed,
  getOpenApi,
  getDocs,
  getProblemType,
});
