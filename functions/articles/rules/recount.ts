import type { Comment } from '#comments/comment.ts';
import { type Difference, parentDifference, statusDifference, sumOf } from '#comments/rules/contribution.ts';

/** The sums that an article's comments themselves make. */
export interface Sums {
  /** Comments per status. */
  tally: Difference;
  /** What hangs below each comment, by its id: `replyCount` and `shownChildren`. */
  below: Map<string, Difference>;
}

/** Adds up what has been counted of each comment: by the rule of settling, exactly what every tally must hold. */
export function sumsOf(comments: readonly Comment[]): Sums {
  const below = new Map<string, Difference[]>();
  for (const { parentId, counted } of comments) {
    if (parentId === undefined) continue;
    below.set(parentId, [...(below.get(parentId) ?? []), parentDifference(undefined, counted)]);
  }
  return {
    tally: sumOf(comments.map(({ counted }) => statusDifference(undefined, counted))),
    below: new Map([...below].map(([id, differences]) => [id, sumOf(differences)])),
  };
}

/** The sum of absolute differences between two sets of counts; an absent one is 0. */
export function driftBetween(a: Difference, b: Difference): number {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].reduce((sum, name) => sum + Math.abs((a[name] ?? 0) - (b[name] ?? 0)), 0);
}

/** A comment whose own sums are not what hangs below it, and what they should be. */
export interface Drifted {
  comment: Comment;
  should: { replyCount: number; shownChildren: number };
  drift: number;
}

/** The comments whose own sums have drifted. */
export function driftedComments(comments: readonly Comment[], { below }: Sums): Drifted[] {
  return comments.flatMap((comment) => {
    const { replyCount = 0, shownChildren = 0 } = below.get(comment.order) ?? {};
    const should = { replyCount, shownChildren };
    const drift = driftBetween({ replyCount: comment.replyCount ?? 0, shownChildren: comment.shownChildren ?? 0 }, should);
    return drift === 0 ? [] : [{ comment, should, drift }];
  });
}
