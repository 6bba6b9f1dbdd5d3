import type { ArticleItem } from '#articles/article.ts';
import type { ArticleFact } from '../event.ts';

/** What a change of an article's item is to those outside. One that comes back after its removal is published once more. */
export function articleEvents(before: ArticleItem | undefined, after: ArticleItem): ArticleFact[] {
  const { revision, view } = after;
  return kindsOf(before, after).map((type) => ({ type, articleId: view.id, revision }));
}

function kindsOf(before: ArticleItem | undefined, after: ArticleItem): ArticleFact['type'][] {
  const wasPublic = before !== undefined && before.removedAt === undefined;
  const isPublic = after.removedAt === undefined;
  if (!isPublic) return wasPublic ? ['article.removed'] : [];
  if (!wasPublic) return ['article.published'];
  return before.view.commenting.open && !after.view.commenting.open ? ['article.closed'] : [];
}
