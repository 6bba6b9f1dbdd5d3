import type { CommentStatus } from '#comments/rules/status.ts';
import { getItems } from '#table/get.ts';
import { articleTallyKey, type Key } from '#table/keys.ts';

/**
 * How many comments of an article are in each settled status. `version` moves with every settling in the article, so
 * that a recount knows whether anything happened while it read. `removed` says that the article is off public view.
 */
export type Tally = Partial<Record<CommentStatus, number>> & { version?: number; removed?: boolean };
export type TallyItem = Key & Tally;

/** The number of approved comments, replies included: the one meaning of `commentCount` everywhere. */
export const commentCountOf = (tally: Tally | undefined): number => tally?.approved ?? 0;

/** Comment counts by article id; one batch for up to 100 articles, an unknown or removed one counts 0. */
export async function commentCounts(articleIds: readonly string[]): Promise<Map<string, number>> {
  const tallies = new Map((await getItems<TallyItem>(articleIds.map(articleTallyKey))).map((tally) => [tally.pk, tally]));
  const publicCount = (tally: Tally | undefined) => (tally?.removed ? 0 : commentCountOf(tally));
  return new Map(articleIds.map((id) => [id, publicCount(tallies.get(articleTallyKey(id).pk))]));
}
