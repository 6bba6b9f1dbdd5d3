import { reactionKey, reactionsBy, reactionsOn } from '#table/keys.ts';
import type { Change } from '#table/update.ts';
import { writeChange } from '#table/write.ts';

/** A member's one reaction to a comment. */
interface Reacting {
  articleId: string;
  commentId: string;
  memberId: string;
}

/** Leaves exactly this reaction; the same once more changes nothing. Settling counts it. */
export async function react(reacting: Reacting, kind: string, now: Date): Promise<void> {
  await writeChange(buildReaction(reacting, kind, now));
}

/** Builds the write that leaves exactly this reaction; pure. When it was given is for an erasure, which leaves what came after it. */
export const buildReaction = ({ articleId, commentId, memberId }: Reacting, kind: string, now: Date): Change => ({
  key: reactionKey(commentId, memberId),
  set: {
    view: kind,
    at: now.toISOString(),
    unsettled: true,
    articleId,
    order: commentId,
    author: reactionsBy(memberId),
    flat: reactionsOn(articleId, memberId),
  },
  add: { version: 1 },
  unless: { view: kind },
});

/** Takes a reaction back, if there is one. */
export async function withdraw({ commentId, memberId }: Omit<Reacting, 'articleId'>): Promise<void> {
  await writeChange({
    key: reactionKey(commentId, memberId),
    set: { view: undefined, at: undefined, flat: undefined, unsettled: true },
    add: { version: 1 },
    unless: { view: undefined },
  });
}
