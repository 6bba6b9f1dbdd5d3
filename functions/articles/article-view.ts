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
      breaking: inOrder(breakingAt(commenting, now)),
      ...(commenting.shards !== undefined && { shards: commenting.shards }),
    },
    commentCount,
    revision,
    updatedAt,
  };
}

/** The store tells a map's fields in any order, and the same answer has the same ETag. */
const inOrder = (breaking: Breaking | undefined): Breaking | null => {
  if (breaking === undefined) return null;
  const { slowSeconds, holdNewcomers, links, until } = breaking;
  return { slowSeconds, holdNewcomers, links, until };
};

/** The same with the article's text, whose fields are in order too. */
export const viewWithBody = (view: ArticleView, body: BodyPart[]): ArticleView & { body: BodyPart[] } => ({
  ...view,
  body: body.map(({ heading, paragraphs }) => ({ heading, paragraphs })),
});
