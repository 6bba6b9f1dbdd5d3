import { Problem } from '#http/problem.ts';
import type { Article } from './article.ts';
import type { ArticleInput } from './article-schema.ts';

/** Days ahead at which breaking-news mode ends at the latest: what lasts longer is how the article takes comments. */
const longest = 7;

/**
 * What a publisher's system puts once more of an article: the same document names a breaking-news mode that has ended since it was put,
 * and is no less right in everything else.
 */
export function withoutEndedBreaking(input: ArticleInput, stored: Article | undefined, now: Date): ArticleInput {
  const endOf = (commenting: ArticleInput['commenting']) => Date.parse(commenting?.breaking?.until ?? '');
  const end = endOf(input.commenting);
  if (end !== endOf(stored?.commenting) || end > now.getTime()) return input;
  return { ...input, commenting: { ...input.commenting, breaking: null } };
}

/**
 * Refuses a breaking-news mode that has ended already or would hardly ever end.
 *
 * @throws Problem `invalid` (422)
 */
export function requireBreakingEnd(commenting: ArticleInput['commenting'], now: Date): void {
  if (!commenting?.breaking) return;
  const ahead = Date.parse(commenting.breaking.until) - now.getTime();
  if (ahead > 0 && ahead <= longest * 86_400_000) return;
  const message = `must lie ahead, by ${longest} days at most`;
  throw new Problem('invalid', 'Breaking-news mode cannot end then.', { errors: [{ path: '/commenting/breaking/until', message }] });
}
