import type { ReportReason } from '#comments/rules/reports.ts';
import type { CommentStatus } from '#comments/rules/status.ts';
import type { Standing } from '#members/rules/standing.ts';

/**
 * What a change of state is published as. It names things by their ids and says nothing of what anybody wrote or is
 * called: whoever needs that asks for it, and what was erased in the meantime stays erased.
 */
export type Fact = CommentFact | ReactionFact | ReportFact | ArticleFact | StandingFact | PolicyFact;

/** What happened to a comment; `revision` is the one it led to. */
export interface CommentFact {
  type: `comment.${'submitted' | 'approved' | 'held' | 'rejected' | 'spam' | 'edited' | 'deleted'}`;
  articleId: string;
  commentId: string;
  parentId: string | null;
  status: CommentStatus;
  revision: number;
}

/** A member's reaction to a comment; `kind` is null when it was taken back, `revision` counts what this member did. */
export interface ReactionFact {
  type: 'comment.reacted';
  articleId: string;
  commentId: string;
  kind: string | null;
  revision: number;
}

export interface ReportFact {
  type: 'comment.reported';
  articleId: string;
  commentId: string;
  reason: ReportReason;
  revision: number;
}

export interface ArticleFact {
  type: `article.${'published' | 'closed' | 'removed'}`;
  articleId: string;
  revision: number;
}

/** The one fact that names a member: it is about nobody else. */
export interface StandingFact {
  type: 'user.standing-changed';
  memberId: string;
  standing: Standing;
  until: string | null;
  revision: number;
}

/** `revision` is the version of the policy that is in force now. */
export interface PolicyFact {
  type: 'policy.changed';
  revision: number;
}

/**
 * A fact as it is published: at least once, and always under the same `id`. `sequence` grows from one event of a comment, an
 * article or a member to the next (compare by length, then as text): with it, whoever gets them out of order puts them right.
 */
export type PublishedEvent = Fact & { id: string; at: string; sequence: string };
