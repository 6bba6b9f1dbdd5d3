import { heldFor } from '#moderation/rules/minutes-held.ts';
import { type Appeal, awaitsAnswer } from './appeal.ts';
import { type CommentStatus, isApproved } from './status.ts';

/** What a comment counts for. Its article's tally, its parent, its author's record, its queue and its day are sums of these. */
export interface Contribution {
  /** Its place in the tally of the article and in the record of its author. */
  status: Exclude<CommentStatus, 'pending'>;
  /** Whether readers see it, be it as a tombstone: its parent then has a shown child. */
  shown: boolean;
  /** The queue it waits in for a moderator. */
  queue?: QueueName;
  /** Whether readers have reported it. */
  reported?: true;
  /** How long it was held before a moderator decided on it, in the steps of `minutesHeld`. */
  minutesHeld?: number;
}

/** What waits for a moderator: comments that were held, approved ones that readers reported, and those whose authors appeal. */
export const queueNames = ['held', 'reported', 'appeals'] as const;
export type QueueName = (typeof queueNames)[number];

/**
 * What a comment counts for now, or nothing while it is being screened.
 *
 * A hidden comment stays in its place as a tombstone for as long as something is shown below it, so an approved reply is
 * always reachable.
 */
export function contributionOf(comment: {
  status: CommentStatus;
  shownChildren?: number | undefined;
  /** Reports that no moderator has answered yet. */
  openReports?: number;
  reported?: boolean;
  minutesHeld?: number | undefined;
  appeal?: Pick<Appeal, 'answeredAt'> | undefined;
}): Contribution | undefined {
  const { status, shownChildren = 0, reported = false, minutesHeld } = comment;
  if (status === 'pending') return undefined;
  const queue = queueFor(comment);
  return {
    ...{ status, shown: isApproved(status) || shownChildren > 0 },
    ...(queue && { queue }),
    ...(reported && { reported }),
    ...(minutesHeld !== undefined && { minutesHeld }),
  };
}

function queueFor({ status, openReports = 0, appeal }: Parameters<typeof contributionOf>[0]): QueueName | undefined {
  if (status === 'held') return 'held';
  if (isApproved(status) && openReports > 0) return 'reported';
  return awaitsAnswer({ status, appeal }) ? 'appeals' : undefined;
}

export const sameContribution = (a: Contribution | undefined, b: Contribution | undefined): boolean =>
  a?.status === b?.status &&
  a?.shown === b?.shown &&
  a?.queue === b?.queue &&
  a?.reported === b?.reported &&
  a?.minutesHeld === b?.minutesHeld;

/** Differences to add to sums, by the name of the sum; zeroes are left out. */
export type Difference = Record<string, number>;

/** What moves in a tally of statuses when a contribution changes. */
export function statusDifference(before: Contribution | undefined, after: Contribution | undefined): Difference {
  if (before?.status === after?.status) return {};
  return { ...(before && { [before.status]: -1 }), ...(after && { [after.status]: 1 }) };
}

/** What moves in the parent of a comment. */
export function parentDifference(before: Contribution | undefined, after: Contribution | undefined): Difference {
  const replies = Number(after?.status === 'approved') - Number(before?.status === 'approved');
  const shown = Number(after?.shown ?? false) - Number(before?.shown ?? false);
  return { ...(replies !== 0 && { replyCount: replies }), ...(shown !== 0 && { shownChildren: shown }) };
}

/** What moves in the tally of the day on which a comment was posted. */
export function dayDifference(before: Contribution | undefined, after: Contribution | undefined): Difference {
  const reported = Number(after?.reported ?? false) - Number(before?.reported ?? false);
  return {
    ...statusDifference(before, after),
    ...(reported !== 0 && { reported }),
    ...(before?.minutesHeld !== after?.minutesHeld && {
      ...(before?.minutesHeld !== undefined && { [heldFor(before.minutesHeld)]: -1 }),
      ...(after?.minutesHeld !== undefined && { [heldFor(after.minutesHeld)]: 1 }),
    }),
  };
}

/** Adds differences up. */
export function sumOf(differences: readonly Difference[]): Difference {
  const sum: Difference = {};
  for (const difference of differences) {
    for (const [name, value] of Object.entries(difference)) sum[name] = (sum[name] ?? 0) + value;
  }
  return Object.fromEntries(Object.entries(sum).filter(([, value]) => value !== 0));
}
