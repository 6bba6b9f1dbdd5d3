import { type Article, type BodyPart, type Breaking, breakingAt, type Mode, takesComments } from './article.ts';

/** What readers see of an article. */
export interface ArticleView extends Omit<Article, 'commenting'> {
  commenting: { open: boolean; mode: Mode; closesAt: string | null; breaking: Breaking | null; shards?: number };
  commentCount: number;
}

/** The public form of an article at `now`; `defaultMode` is the policy's, for articles that follow it. */
export function viewOfArticle(article: Article, commentCount: number, defaultMode: Mode, now: Date): ArticleView {
  const { id, title, url, author, section, publishedAt, commenting, revision, updatedAt } = article;
  return {
    id,
    title,
    url,
    author,
    section,
    publishedAt,
    commenting: {
      open: takesComments(commenting, now),
      mode: commenting.mode ?? defaultMode,
      closesAt: commenting.closesAt,
      breaking: breakingAt(commenting, now) ?? null,
      ...(commenting.shards !== undefined && { shards: commenting.shards }),
    },
    commentCount,
    revision,
    updatedAt,
  };
}

/** The same with the article's text. */
export const viewWithBody = (view: ArticleView, body: BodyPart[]): ArticleView & { body: BodyPart[] } => ({ ...view, body });
