import type { Comment } from '#comments/comment.ts';
import { isDecided } from '#comments/rules/decided.ts';
import { createdAt, unpackView } from '#comments/rules/view.ts';
import { type Facts, readFacts, subjectOf } from './facts.ts';
import { postedBefore } from './posted-before.ts';
import { mayBeTightened, ruleOf } from './rules/check-answer.ts';
import { type ReadyPolicy, screen, verdictOf } from './rules/screen.ts';
import type { Standing, Tried } from './rules/trial.ts';

/**
 * Tells what a policy would have made of comments when they were posted, or last edited. Nothing is written and no check is
 * asked. What cannot be tried is left out: comments that were never screened, or whose text is gone.
 */
export async function tryOn(comments: readonly Comment[], ready: ReadyPolicy): Promise<Tried[]> {
  const screened = comments.filter(wasScreened);
  const facts = await readFacts(screened, ready, undefined, postedBefore(screened, ready.policy));
  return screened.map((comment) => ({
    articleId: comment.articleId,
    commentId: comment.order,
    from: comment.status,
    decided: isDecided(comment),
    verdict: verdictOn(comment, ready, facts),
  }));
}

function wasScreened(comment: Comment): comment is Comment & { status: Standing } {
  const { status, unscreened } = comment;
  return !unscreened && (status === 'approved' || status === 'held' || status === 'rejected' || status === 'spam');
}

function verdictOn(comment: Comment, ready: ReadyPolicy, facts: Facts): Tried['verdict'] {
  const at = new Date(unpackView(comment.view).editedAt ?? createdAt(comment.order));
  const { standing, ...subject } = subjectOf(comment, ready, facts);
  const verdict = screen(
    {
      ...subject,
      // A mute is no policy’s doing.
      ...(standing !== undefined && standing !== 'muted' && { standing }),
      earlier: (facts.posted.get(comment.authorId ?? '') ?? []).filter(({ order }) => order < comment.order),
      // It waits because of another policy, and its reports count as they came in, before any moderator answered them.
      waiting: false,
      reported: { reports: comment.reports ?? {} },
    },
    ready,
    at,
  );
  const { outcome, rules } = mayBeTightened(verdict)
    ? verdictOf([...verdict.rules, ...rememberedChecks(comment, ready)], ready, at)
    : verdict;
  return { outcome: outcome as Standing, rules };
}

/** What checks that the policy names said when the comment was screened. */
function rememberedChecks({ verdict }: Comment, { policy }: ReadyPolicy) {
  const names = new Set(policy.checks.map(ruleOf));
  return (verdict?.rules ?? []).filter(({ rule }) => names.has(rule));
}
