import { type Article, type ArticleItem, articleOf, type Breaking, breakingAt } from '#articles/article.ts';
import type { Comment } from '#comments/comment.ts';
import { createdAt, unpackView } from '#comments/rules/view.ts';
import { type RecordItem, readRecentlyPosted } from '#members/record.ts';
import { getItems } from '#table/get.ts';
import { articleKey, commentKey, type Key, recordKey } from '#table/keys.ts';
import { type EarlierComment, fewestRejected } from './rules/record.ts';
import type { ReadyPolicy, Subject } from './rules/screen.ts';

/** What the rules need to know beyond the comment itself. */
export interface Facts {
  /** By partition key. */
  articles: Map<string, Article>;
  /** Earlier comments by member, where a rule may ask for them. */
  posted: Map<string, PostedComment[]>;
  /** Partition keys of earlier comments that one of these seems to repeat. */
  earlier: Set<string>;
  /** The moment at which articles may be in breaking-news mode; none where the policy alone is asked. */
  now: Date | undefined;
}

/** A comment of an author as rules about authors look at it. */
export interface PostedComment extends EarlierComment {
  /** The comment's id. */
  order: string;
}

/**
 * Reads what an author posted; `forRecord` where the rule of the record asks, which looks at far more of it than the one
 * of newcomers.
 */
export type ReadPosted = (authorId: string, forRecord: boolean) => Promise<Comment[]>;

/** Reads only what a rule of this policy, or of an article in breaking-news mode, will ask for. */
export async function readFacts(
  comments: readonly Comment[],
  { policy }: ReadyPolicy,
  now: Date | undefined,
  readPosted: ReadPosted = readRecentlyPosted,
): Promise<Facts> {
  const [articles, records, earlier] = await Promise.all([
    getItems<ArticleItem>(comments.map(({ articleId }) => articleKey(articleId))),
    getItems<RecordItem>(comments.flatMap(({ authorId }) => authorId ?? []).map(recordKey)),
    getItems<Key & { status: string }>(comments.flatMap(({ repeated }) => (repeated ? [commentKey(repeated.commentId)] : []))),
  ]);
  const facts = {
    now,
    articles: new Map(articles.map((item) => [item.pk, articleOf(item)])),
    // What was announced but never written, or withdrawn by its author, is no reason to refuse the same text now.
    earlier: new Set(earlier.filter(({ status }) => status !== 'deleted').map(({ pk }) => pk)),
  };
  const rejected = new Map(records.map(({ pk, rejected = 0, spam = 0 }) => [pk, rejected + spam]));
  const mayFire = (id: string) => (rejected.get(recordKey(id).pk) ?? 0) >= fewestRejected(policy.record);
  const asked = comments.filter(
    ({ authorId = '', articleId }) => policy.newcomers.comments > 0 || breakingOf(facts, articleId)?.holdNewcomers || mayFire(authorId),
  );
  const authorIds = [...new Set(asked.flatMap(({ authorId }) => authorId ?? []))];
  const posted = await Promise.all(
    authorIds.map(async (id) => {
      const comments = await readPosted(id, mayFire(id));
      return [id, comments.map((comment) => ({ ...comment, createdAt: createdAt(comment.order) }))] as const;
    }),
  );
  return { ...facts, posted: new Map(posted) };
}

function breakingOf({ articles, now }: Pick<Facts, 'articles' | 'now'>, articleId: string): Breaking | undefined {
  const article = articles.get(articleKey(articleId).pk);
  return now && article && breakingAt(article.commenting, now);
}

/** A comment with the facts about it, as rules look at it. */
export function subjectOf(comment: Comment, { policy }: ReadyPolicy, facts: Facts): Subject {
  const { body, html, editedAt } = unpackView(comment.edited ?? comment.view);
  const { repeated, standing } = comment;
  const breaking = breakingOf(facts, comment.articleId);
  const repeats = repeated !== undefined && facts.earlier.has(commentKey(repeated.commentId).pk);
  return {
    body: body ?? '',
    html: html ?? '',
    mode: facts.articles.get(articleKey(comment.articleId).pk)?.commenting.mode ?? policy.mode,
    ...(breaking && { breaking }),
    ...(standing && { standing }),
    earlier: facts.posted.get(comment.authorId ?? '') ?? [],
    repeats: repeats
      ? { commentId: repeated.commentId, minutesAgo: (Date.parse(editedAt ?? createdAt(comment.order)) - Date.parse(repeated.at)) / 60_000 }
      : undefined,
    waiting: comment.status === 'held',
    reported: comment,
  };
}
