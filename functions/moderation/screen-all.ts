import { type Article, type ArticleItem, articleOf, type Breaking, breakingAt } from '#articles/article.ts';
import type { Comment } from '#comments/comment.ts';
import { openReports, reportsRule } from '#comments/rules/reports.ts';
import { isApproved } from '#comments/rules/status.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { createdAt, unpackView } from '#comments/rules/view.ts';
import { type RecordItem, readRecentlyPosted } from '#members/record.ts';
import { getItems } from '#table/get.ts';
import { articleKey, commentKey, type Key, recordKey } from '#table/keys.ts';
import { askChecks } from './ask-checks.ts';
import { type PolicyVersion, policyInForce } from './policy-storage.ts';
import { type EarlierComment, fewestRejected } from './rules/record.ts';
import { type ReadyPolicy, readyPolicy, screen, verdictOf } from './rules/screen.ts';

/**
 * Screens, under the policy in force, those of `comments` that await it: new texts, by its rules and then by its checks,
 * and approved comments that were reported, which were checked before.
 *
 * @returns the verdicts by comment id; reports that are too few to act on give none
 */
export async function screenAll(comments: readonly Comment[], now: Date): Promise<Map<string, Verdict>> {
  const unscreened = comments.filter((comment) => comment.unscreened);
  const reported = comments.filter((comment) => !comment.unscreened && isApproved(comment.status) && openReports(comment) > 0);
  if (unscreened.length + reported.length === 0) return new Map();
  const policy = ready(await policyInForce());
  const facts = await readFacts(unscreened, policy, now);
  const screened = unscreened.map((comment) => ({ comment, verdict: screen(subjectOf(comment, policy, facts, now), policy, now) }));
  const checked = await askChecks(screened, policy, now);
  return new Map([
    ...checked.map(({ comment, verdict }) => [comment.order, verdict] as const),
    ...reported.flatMap((comment) => {
      const rule = reportsRule(comment, policy.policy.reports.holdAt);
      return rule === undefined ? [] : [[comment.order, verdictOf([rule], policy, now)] as const];
    }),
  ]);
}

/** What the rules need to know beyond the comment itself. */
interface Facts {
  /** By partition key. */
  articles: Map<string, Article>;
  /** Earlier comments by member, where a rule may ask for them. */
  posted: Map<string, EarlierComment[]>;
  /** Partition keys of earlier comments that one of these seems to repeat. */
  earlier: Set<string>;
}

/** Reads only what a rule of this policy, or of an article in breaking-news mode, will ask for. */
async function readFacts(comments: readonly Comment[], { policy }: ReadyPolicy, now: Date): Promise<Facts> {
  const [articles, records, earlier] = await Promise.all([
    getItems<ArticleItem>(comments.map(({ articleId }) => articleKey(articleId))),
    getItems<RecordItem>(comments.flatMap(({ authorId }) => authorId ?? []).map(recordKey)),
    getItems<Key & { status: string }>(comments.flatMap(({ repeated }) => (repeated ? [commentKey(repeated.commentId)] : []))),
  ]);
  const facts = {
    articles: new Map(articles.map((item) => [item.pk, articleOf(item)])),
    // What was announced but never written, or withdrawn by its author, is no reason to refuse the same text now.
    earlier: new Set(earlier.filter(({ status }) => status !== 'deleted').map(({ pk }) => pk)),
  };
  const rejected = new Map(records.map(({ pk, rejected = 0, spam = 0 }) => [pk, rejected + spam]));
  const asked = comments.filter(
    ({ authorId, articleId }) =>
      policy.newcomers.comments > 0 ||
      breakingOf(facts, articleId, now)?.holdNewcomers ||
      (rejected.get(recordKey(authorId ?? '').pk) ?? 0) >= fewestRejected(policy.record),
  );
  return { ...facts, posted: await readPosted([...new Set(asked.flatMap(({ authorId }) => authorId ?? []))]) };
}

function breakingOf({ articles }: Pick<Facts, 'articles'>, articleId: string, now: Date): Breaking | undefined {
  const article = articles.get(articleKey(articleId).pk);
  return article && breakingAt(article.commenting, now);
}

/** What these authors posted before. */
async function readPosted(authorIds: readonly string[]): Promise<Facts['posted']> {
  const posted = await Promise.all(
    authorIds.map(async (id) => {
      const comments = await readRecentlyPosted(id);
      return [id, comments.map((comment) => ({ ...comment, createdAt: createdAt(comment.order) }))] as const;
    }),
  );
  return new Map(posted);
}

function subjectOf(comment: Comment, { policy }: ReadyPolicy, facts: Facts, now: Date) {
  const { body, html, editedAt } = unpackView(comment.edited ?? comment.view);
  const { repeated } = comment;
  const breaking = breakingOf(facts, comment.articleId, now);
  const repeats = repeated !== undefined && facts.earlier.has(commentKey(repeated.commentId).pk);
  return {
    body: body ?? '',
    html: html ?? '',
    mode: facts.articles.get(articleKey(comment.articleId).pk)?.commenting.mode ?? policy.mode,
    ...(breaking && { breaking }),
    ...(comment.standing && { standing: comment.standing }),
    earlier: facts.posted.get(comment.authorId ?? '') ?? [],
    repeats: repeats
      ? { commentId: repeated.commentId, minutesAgo: (Date.parse(editedAt ?? createdAt(comment.order)) - Date.parse(repeated.at)) / 60_000 }
      : undefined,
    waiting: comment.status === 'held',
    reported: comment,
  };
}

/** The last policy made ready: building the phrase finders costs far more than one comment. */
let last: ReadyPolicy | undefined;

function ready({ policy, version }: PolicyVersion): ReadyPolicy {
  if (last?.version !== version) last = readyPolicy(policy, version);
  return last;
}
