import type { PostingStanding } from '#members/rules/standing.ts';
import type { TakenDecision } from '#moderation/rules/decision.ts';
import type { Key, Listing } from '#table/keys.ts';
import type { Appeal, Judged } from './rules/appeal.ts';
import type { Contribution } from './rules/contribution.ts';
import type { ReportCounts } from './rules/reports.ts';
import type { Verdict } from './rules/verdict.ts';
import type { PackedView, PrintableComment } from './rules/view.ts';

/** A text of the same author that says the same. */
export interface Repeated {
  commentId: string;
  at: string;
}

/**
 * What moderators have made of a comment since it was last settled. It lies beside what it replaces, which the indexes carry
 * and which settling brings up to date: a decision is then one write that moves no row of a list.
 */
export type Decided = Pick<PrintableComment, 'status' | 'revision'> & Partial<Pick<PrintableComment, 'view'>>;

/**
 * A comment as it is stored.
 *
 * `revision` is public and moves with content and moderators' decisions; `version` moves, without a gap, with every write
 * that can change what the comment counts for. Together with `unsettled` and `counted` it makes settling exact.
 */
export interface Comment extends PrintableComment {
  articleId: string;
  parentId?: string;
  /** The comments above this one, see `rules/path.ts`. */
  path?: Uint8Array;
  /** None once its author's data was erased. */
  authorId?: string;
  /** Which of its article's shards it is listed in, if not in the first. */
  shard?: number;
  version: number;
  /** Set while the last change has not been counted. */
  unsettled?: true;
  /** Set until the policy has decided on this revision. */
  unscreened?: true;
  /** What the tallies hold of this comment already. */
  counted?: Contribution;
  /** Reports by reason, and how many of them a moderator has answered. */
  reports?: ReportCounts;
  reportsSeen?: number;
  /** How long it waited for the last decision that took it out of `held`, in the steps of `minutesHeld`. */
  minutesHeld?: number;
  /** Its place in the `rank` index. */
  score?: string;
  verdict?: Verdict;
  /** Earlier verdicts on the same text, oldest first. */
  verdicts?: Verdict[];
  /** The packed view of an edit that awaits screening, while readers go on seeing `view`. */
  edited?: PackedView;
  /** Revisions whose texts are kept. */
  earlier?: number[];
  repeated?: Repeated;
  /** The author's standing when they last wrote it, unless it was normal: what screening needs to know of them. */
  standing?: Exclude<PostingStanding, 'normal'>;
  decided?: Decided;
  /** The last judgement on it, whatever rules have said of an edit since. */
  judged?: Judged;
  appeal?: Appeal;
  /** Decisions that are not recorded for good yet, oldest first. */
  decisions?: TakenDecision[];
}

export type CommentItem = Key & Listing & Omit<Comment, 'articleId' | 'authorId'> & { article: string; author?: string };

/** What an item says once what was decided on it is taken for said. */
export const asDecided = <T extends { decided?: Decided }>(item: T): T => ({ ...item, ...item.decided });

/** Reads what an item says: its article and author are the very attributes that the indexes partition by. */
export const commentOf = ({ article, author, ...item }: CommentItem): Comment => ({
  ...asDecided(item),
  articleId: article,
  ...(author !== undefined && { authorId: author }),
});
