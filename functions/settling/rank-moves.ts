import { readComments } from '#comments/comment-storage.ts';
import { scoreOf, stepOf, totalReactions } from '#comments/rules/rank.ts';
import { isApproved } from '#comments/rules/status.ts';
import { commentKey } from '#table/keys.ts';
import { writeChange } from '#table/write.ts';
import type { Changed } from './images.ts';
import type { Mark } from './plan-mark.ts';

/**
 * The comments that these reactions move to another step of the ranking, as far as can be told before they are counted: they
 * are woken in the transaction that counts.
 */
export async function rankMoves(reactions: readonly Changed<Mark>[]): Promise<Set<string>> {
  const added = new Map<string, number>();
  for (const { image } of reactions) {
    const difference = Number(image.view !== undefined) - Number(image.counted !== undefined);
    added.set(image.order, (added.get(image.order) ?? 0) + difference);
  }
  const comments = await readComments([...added.keys()]);
  const moves = [...comments.values()].filter(({ order, score, reactions: counted }) => {
    const step = Number(score?.split('#')[0] ?? 0);
    return step !== stepOf(totalReactions(counted) + (added.get(order) ?? 0));
  });
  return new Set(moves.map(({ order }) => order));
}

/**
 * Wakes those of these comments that do not stand where their reactions put them. What several batches count at once may move
 * a comment though none of them does by itself, and a comment may be settled by an image from before its last reaction, which moves no
 * version: whichever is written last sees it here, after it was written. A comment that was changed in between comes again anyway.
 */
export async function wakeMisplaced(commentIds: readonly string[]): Promise<void> {
  const comments = await readComments(commentIds, { consistent: true });
  for (const { order, status, score, reactions, version } of comments.values()) {
    if (!isApproved(status) || (score ?? null) === scoreOf(order, reactions)) continue;
    await writeChange({ key: commentKey(order), set: { version: version + 1, unsettled: true }, expect: { version } });
  }
}
