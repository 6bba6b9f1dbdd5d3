import type { Comment } from '../comment.ts';
import { isDecided } from './decided.ts';
import type { CommentStatus } from './status.ts';

/** What an author says, once, against the taking down of their comment. */
export interface Appeal {
  note: string;
  at: string;
  /** When a moderator decided on the comment again; none while that is awaited. */
  answeredAt?: string;
}

/** Who judged a comment last, when, and the revision that it led to. */
export interface Judged {
  /** The moderator's id. */
  by: string;
  at: string;
  revision: number;
}

/** What may be appealed against: the comment was taken down, be it by rules or by a moderator. */
export const isTakenDown = (status: CommentStatus): boolean => status === 'rejected' || status === 'spam';

/** Whether a comment waits for an answer to its author's appeal. */
export const awaitsAnswer = ({ status, appeal }: { status: CommentStatus; appeal?: Pick<Appeal, 'answeredAt'> | undefined }): boolean =>
  isTakenDown(status) && appeal !== undefined && appeal.answeredAt === undefined;

/** Whether an appeal is not for this moderator to answer, who took the comment down; what rules took down, anybody may answer. */
export const isForAnother = (comment: Comment, moderatorId: string): boolean =>
  awaitsAnswer(comment) && isDecided(comment) && comment.judged?.by === moderatorId;

/** An appeal as it is told. */
export const viewOfAppeal = ({ note, at, answeredAt }: Appeal) => ({ note, at, answeredAt: answeredAt ?? null });
