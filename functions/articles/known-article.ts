import { Problem } from '#http/problem.ts';
import type { Article } from './article.ts';
import { recentArticle } from './article-storage.ts';

/** What is said of an article that is unknown or removed: from outside the two look the same. */
export const noSuchArticle = () => new Problem('not-found', 'There is no such article.');

/**
 * The article, at most a quarter of a second old, where comments on it may be shown or taken.
 *
 * @throws Problem `not-found` (404)
 */
export async function knownArticle(articleId: string): Promise<Article> {
  const article = await recentArticle(articleId);
  if (article === undefined) throw noSuchArticle();
  return article;
}
