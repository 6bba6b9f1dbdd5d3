import type { Comment } from '../comment.ts';
import { isTakenDown, viewOfAppeal } from './appeal.ts';
import { isDecided } from './decided.ts';
import { seenBy } from './status.ts';
import { verdictForAuthor } from './verdict.ts';
import { createdAt, printComment } from './view.ts';

/** Why a comment was held or taken down, as its author may know it: which rules, but neither what they found nor who decided. */
export interface Reasons {
  decidedBy: 'rules' | 'moderator';
  /** The rules that fired when it was last screened, by name: they decided, or brought it before the moderator. */
  rules: string[];
  at: string;
}

/** The JSON text of a comment as its author sees it, with the reasons why others do not (Digital Services Act, Art. 17). */
export const printOwn = (memberId: string, comment: Comment): string => {
  const fairness = { reasons: reasonsFor(comment), appeal: comment.appeal ? viewOfAppeal(comment.appeal) : null };
  return `${printComment(comment.articleId, seenBy(memberId, comment)).slice(0, -1)},${JSON.stringify(fairness).slice(1)}`;
};

/** Null for what is not held or taken down, or only looks so: a mute is not told. */
function reasonsFor(comment: Comment): Reasons | null {
  const { status, verdict, judged, order } = comment;
  if (status !== 'held' && !isTakenDown(status)) return null;
  const rules = [...new Set(verdict && verdictForAuthor(verdict).rules.map(({ rule }) => rule))];
  if (isDecided(comment)) return { decidedBy: 'moderator', rules, at: judged?.at ?? verdict?.at ?? createdAt(order) };
  return { decidedBy: 'rules', rules, at: verdict?.at ?? createdAt(order) };
}
