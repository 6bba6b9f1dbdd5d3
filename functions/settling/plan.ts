import { applied, asRead } from '#comments/change-comment.ts';
import type { Comment } from '#comments/comment.ts';
import {
  contributionOf,
  type Difference,
  dayDifference,
  parentDifference,
  sameContribution,
  statusDifference,
} from '#comments/rules/contribution.ts';
import { scoreOf } from '#comments/rules/rank.ts';
import { openReports, totalReports } from '#comments/rules/reports.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { dayOf } from '#comments/rules/view.ts';
import { auditItem } from '#moderation/audit-record.ts';
import {
  articleTallyKey,
  commentKey,
  dayModeratorKey,
  dayModeratorListing,
  dayTallyKey,
  type Key,
  queueShardOf,
  queueTallyKey,
  recordKey,
  shardOf,
  visibleListing,
} from '#table/keys.ts';
import type { Change } from '#table/update.ts';

/** A sum elsewhere in the table, and what a settling adds to it. */
export interface Share {
  key: Key;
  add: Difference;
  /** What stands beside the sum, the same whenever it is written. */
  set?: Change['set'];
  /** Whether the comment that it is added to has to be settled anew, because what it counts for may depend on the sum. */
  wake?: true;
}

/** An item that is gone once it is settled. */
export interface Removal extends Required<Pick<Change, 'key' | 'expect'>> {
  remove: true;
}

/** How one changed item is settled: its own change, conditional on all that was read, and its share of each sum. */
export interface Plan<Source extends Change | Removal = Change | Removal> {
  source: Source;
  shares: Share[];
  /** What is recorded for good of what was decided since the last settling. */
  records: Key[];
}

/**
 * Plans the settling of one image of a comment; pure. `verdict` is given when the image awaits screening.
 *
 * The condition names everything that the new contribution was computed from, and `counted`, from which the differences
 * were: if any of it has moved on, a newer image is on its way, and this plan must not be carried out. `version` stands for
 * the status, the reports and the time held, because whatever writes one of these moves it. (An approved comment counts the
 * same whatever is shown below it, so its replies never make its own settling stale.)
 *
 * @returns nothing when there is nothing to settle: a hidden parent that a reply moved, but not enough to matter
 */
export function planSettling(image: Comment, verdict: Verdict | undefined): Plan<Change> | undefined {
  const status = verdict?.outcome ?? image.status;
  const after = contributionOf({
    ...{ status, shownChildren: image.shownChildren, minutesHeld: image.minutesHeld, appeal: image.appeal },
    ...{ openReports: openReports(image), reported: totalReports(image.reports) > 0 },
  });
  const before = image.counted;
  if (!image.unsettled && sameContribution(before, after)) return undefined;

  const queueShard = (name: string) => queueShardOf(name, shardOf(image.order));
  return {
    source: {
      key: commentKey(image.order),
      set: {
        counted: after,
        unsettled: undefined,
        ...applied(image),
        status,
        ...(image.decisions && { decisions: undefined }),
        ...seenReports(image),
        ...(verdict && { verdict, verdicts: earlierVerdicts(image), unscreened: undefined }),
        ...(verdict && image.edited !== undefined && { view: image.edited, edited: undefined }),
        ...visibleListing({
          articleId: image.articleId,
          parentId: image.parentId ?? null,
          shard: image.shard ?? 0,
          shown: after?.shown ?? false,
          approved: after?.status === 'approved',
          queue: after?.queue === undefined ? null : queueShard(after.queue),
          score: after?.status === 'approved' ? scoreOf(image.order, image.reactions) : null,
        }),
      },
      expect: {
        ...asRead(image),
        counted: before,
        ...(after?.status !== 'approved' && { shownChildren: image.shownChildren }),
      },
    },
    shares: [...sharesOf(image, before, after, queueShard), ...decisionsOf(image)],
    records: recordsOf(image),
  };
}

/** Verdicts kept of one text: each after the first took readers' reports, and a moderator in between. */
const mostVerdicts = 50;

const earlierVerdicts = ({ verdict, verdicts = [] }: Comment) =>
  verdict === undefined ? undefined : [...verdicts, verdict].slice(-mostVerdicts);

/** Of a comment whose author's data was erased meanwhile no note is kept: it may say in its own words whom it concerned. */
const recordsOf = ({ order, articleId, authorId, decisions = [] }: Comment): Key[] =>
  decisions.map(({ note, ...decision }) =>
    auditItem({ ...decision, ...(authorId !== undefined && { note }), articleId, commentId: order, memberId: authorId }),
  );

/** How much each moderator decided on each day is counted where the decisions are recorded. */
const decisionsOf = ({ decisions = [] }: Comment): Share[] =>
  decisions.map(({ id, actor }) => ({
    key: dayModeratorKey(dayOf(id), actor.id),
    add: { decisions: 1 },
    set: { name: actor.name, ...dayModeratorListing(dayOf(id), actor.id) },
  }));

/** Whoever erases their data takes their reports along: those that a moderator has seen are never more than there are. */
const seenReports = ({ reports, reportsSeen = 0 }: Comment) =>
  reportsSeen > totalReports(reports) ? { reportsSeen: totalReports(reports) } : {};

function sharesOf(image: Comment, before: Comment['counted'], after: Comment['counted'], queueShard: (queue: string) => string): Share[] {
  if (sameContribution(before, after)) return [];
  const statuses = statusDifference(before, after);
  const shares: Share[] = [{ key: articleTallyKey(image.articleId), add: { ...statuses, version: 1 } }];
  const { approved: _, ...others } = statuses;
  if (image.authorId !== undefined && Object.keys(others).length > 0) shares.push({ key: recordKey(image.authorId), add: others });
  if (before?.queue !== after?.queue) {
    if (before?.queue) shares.push({ key: queueTallyKey(queueShard(before.queue)), add: { size: -1 } });
    if (after?.queue) shares.push({ key: queueTallyKey(queueShard(after.queue)), add: { size: 1 } });
  }
  const daily = dayDifference(before, after);
  if (Object.keys(daily).length > 0) shares.push({ key: dayTallyKey(dayOf(image.order), image.articleId), add: daily });
  const upwards = parentDifference(before, after);
  if (image.parentId !== undefined && Object.keys(upwards).length > 0) shares.push({ key: commentKey(image.parentId), add: upwards });
  return shares;
}
