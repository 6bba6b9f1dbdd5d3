import { dayOf } from '#comments/rules/view.ts';
import { articleTallyKey, commentKey, dayModeratorKey, dayTallyKey, queueShardOf, queueTallyKey, recordKey, shardOf } from '#table/keys.ts';
import type { World } from './truth.ts';

type Sums = Record<string, Record<string, number>>;
type Stored = World['comments'][number];

/**
 * Every sum as it must be once nothing is unsettled: recounted from where comments stand, from the reports, reactions and records
 * themselves. Nothing that settling noted of them is looked at, and none of its code takes part.
 */
export function recountedSums({ comments, items }: World): Sums {
  const sums: Sums = {};
  const add = (name: string, what: string) => {
    sums[name] = { ...sums[name], [what]: (sums[name]?.[what] ?? 0) + 1 };
  };
  const reports = Map.groupBy(
    items.filter(({ sk }) => sk.startsWith('report#')),
    ({ pk }) => pk,
  );
  const reportsOf = ({ order }: Stored) => reports.get(commentKey(order).pk)?.length ?? 0;
  const children = Map.groupBy(comments, ({ parentId }) => parentId);
  const isShown = (comment: Stored): boolean => comment.status === 'approved' || (children.get(comment.order) ?? []).some(isShown);

  for (const comment of comments) {
    const { order, articleId, authorId, parentId, status, minutesHeld } = comment;
    add(articleTallyKey(articleId).pk, status);
    if (status !== 'approved' && authorId !== undefined) add(recordKey(authorId).pk, status);
    const { pk, sk } = dayTallyKey(dayOf(order), articleId);
    for (const what of [
      status,
      ...(reportsOf(comment) > 0 ? ['reported'] : []),
      ...(minutesHeld === undefined ? [] : [`${minutesHeld}m`]),
    ]) {
      add(`${pk} ${sk}`, what);
    }
    const queue = queueOf(comment, reportsOf(comment));
    if (queue !== undefined) add(queueTallyKey(queueShardOf(queue, shardOf(order))).pk, 'size');
    if (parentId !== undefined && status === 'approved') add(commentKey(parentId).pk, 'replyCount');
    if (parentId !== undefined && isShown(comment)) add(commentKey(parentId).pk, 'shownChildren');
  }
  for (const { pk, sk, view } of items) {
    if (/^(reaction|report)#/.test(sk)) add(pk, String(view));
    if (!sk.startsWith('decision#')) continue;
    const { id, actor } = JSON.parse(String(view));
    const day = dayModeratorKey(dayOf(id), actor.id);
    add(`${day.pk} ${day.sk}`, 'decisions');
  }
  return sums;
}

/** The queue that a comment must wait in (`api.md`, "Moderation"). */
export function queueOf({ status, reportsSeen = 0, appeal }: Stored, reports: number): string | undefined {
  if (status === 'held') return 'held';
  if (status === 'approved' && reports > reportsSeen) return 'reported';
  const isDown = status === 'rejected' || status === 'spam';
  return isDown && appeal !== undefined && appeal.answeredAt === undefined ? 'appeals' : undefined;
}

/** How many comments of each member stand where, by the member. */
export const recountedRecords = ({ comments }: World): Map<string | undefined, Record<string, number>> =>
  new Map(
    [...Map.groupBy(comments, ({ authorId }) => authorId)].map(([id, all]) => [
      id,
      Object.fromEntries([...Map.groupBy(all, ({ status }) => status)].map(([status, those]) => [status, those.length])),
    ]),
  );
