import { Problem } from '#http/problem.ts';
import type { ArticleInput } from './article-schema.ts';

/** Days ahead at which breaking-news mode ends at the latest: what lasts longer is how the article takes comments. */
const longest = 7;

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
