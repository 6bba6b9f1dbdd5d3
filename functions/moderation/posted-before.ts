import type { Comment } from '#comments/comment.ts';
import { readPosted, recentlyPosted } from '#members/record.ts';
import type { ReadPosted } from './facts.ts';
import type { Policy } from './rules/policy.ts';
import { approvedAmong } from './rules/record.ts';

/** Comments beyond those asked for that are read at first, for those among them that were not approved. */
const spare = 8;

/**
 * Reads what the authors of `comments` had posted before, as it stands now. Most authors are no newcomers, which a few
 * comments show; only where they do not, or the rule of the record asks, the last hundred are read as in screening.
 */
export function postedBefore(comments: readonly Comment[], { newcomers }: Policy): ReadPosted {
  const byAuthor = Map.groupBy(comments, ({ authorId }) => authorId);
  return async (authorId, forRecord) => {
    const own = (byAuthor.get(authorId) ?? []).map(({ order }) => order).sort();
    const [oldest = '', newest] = [own[0], own.at(-1)];
    // The author's comments between the oldest and the newest that are tried come on top.
    const read = (depth: number) => readPosted(authorId, { limit: depth + own.length - 1, before: newest });
    const first = newcomers.comments + spare;
    if (forRecord || first >= recentlyPosted) return read(recentlyPosted);
    const posted = await read(first);
    const approved = approvedAmong(posted.filter(({ order }) => order < oldest));
    return approved >= newcomers.comments || posted.length < first ? posted : read(recentlyPosted);
  };
}
