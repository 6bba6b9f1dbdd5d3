import type { ArticleItem } from '#articles/article.ts';
import type { Caller } from '#http/caller.ts';
import { Problem } from '#http/problem.ts';
import type { MemberItem } from '#members/member-storage.ts';
import { postingStanding } from '#members/posting-standing.ts';
import { getItems } from '#table/get.ts';
import { articleKey, commentKey, type Key, memberKey } from '#table/keys.ts';
import { type Comment, type CommentItem, commentOf } from './comment.ts';
import { isApproved, isShown, seenBy } from './rules/status.ts';

/**
 * Reads a comment that readers can see, be it as a tombstone. Its article is read in the same call: one that is off
 * public view takes its comments along.
 *
 * @throws Problem `not-found` (404) for what readers cannot see, or in another article
 */
export async function readShown(articleId: string, commentId: string): Promise<Comment> {
  return shownAmong(await getItems([articleKey(articleId), commentKey(commentId)]), articleId, commentId);
}

/**
 * Reads a comment that a member reacts to or reports; in the same call, whether they may. An own comment that is muted
 * takes it like any other.
 *
 * @throws Problem `forbidden` (403) for who is banned, `not-found` (404) for what the member cannot see, `conflict` (409)
 *   for a tombstone
 */
export async function readApproved(articleId: string, commentId: string, caller: Caller, now: Date): Promise<Comment> {
  const key = memberKey(caller.id);
  const items = await getItems<Key>([articleKey(articleId), commentKey(commentId), key]);
  postingStanding(itemOf<MemberItem>(items, key) ?? {}, now);
  const comment = shownAmong(items, articleId, commentId, caller);
  if (!isApproved(comment.status)) throw new Problem('conflict', 'This comment is no longer here.');
  return comment;
}

/** The comment among what was read, as `caller` or, without one, any reader sees it. */
function shownAmong(items: readonly Key[], articleId: string, commentId: string, caller?: Caller): Comment {
  const article = itemOf<ArticleItem>(items, articleKey(articleId));
  const item = itemOf<CommentItem>(items, commentKey(commentId));
  if (article !== undefined && article.removedAt === undefined && item?.article === articleId) {
    const comment = caller === undefined ? commentOf(item) : seenBy(caller.id, commentOf(item));
    if (isShown(comment)) return comment;
  }
  throw new Problem('not-found', 'There is no such comment.');
}

const itemOf = <T>(items: readonly Key[], { pk, sk }: Key): T | undefined =>
  items.find((item) => item.pk === pk && item.sk === sk) as T | undefined;
