import pLimit from 'p-limit';
import type { Comment } from '#comments/comment.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { unpackView } from '#comments/rules/view.ts';
import { logFigures } from '#http/log.ts';
import { askCheck } from './ask-check.ts';
import { checkRule, mayBeTightened } from './rules/check-answer.ts';
import { type ReadyPolicy, verdictOf } from './rules/screen.ts';

/**
 * Questions that are out at once. Each costs a connection, about 2 ms of processor time with TLS, and more at once would
 * make the last of them late by our own doing. A batch has a hundred comments, so whatever hangs, settling waits for one
 * timeout where few came together, and never for more than the policy has checks: 25 of its sixty seconds.
 */
const atOnce = 100;

/** A comment that awaited screening, and what has been decided of it. */
export interface Screened {
  comment: Comment;
  verdict: Verdict;
}

/**
 * Asks the policy's checks about comments that the rules have decided on, all beside each other, and tightens the verdicts
 * by what they come to.
 *
 * @throws Error only for failures of our own; what a check does is in the verdict
 */
export async function askChecks(screened: readonly Screened[], ready: ReadyPolicy, now: Date): Promise<Screened[]> {
  const { checks } = ready.policy;
  // A lane for each, so that one that hangs keeps no other from being asked.
  const lanes = checks.map((check) => ({ check, lane: pLimit(Math.ceil(atOnce / checks.length)) }));
  const figures = { asked: 0, failed: 0 };

  const tighten = async ({ comment, verdict }: Screened): Promise<Screened> => {
    // Whoever is trusted skips checks as they skip rules.
    if (comment.standing === 'trusted' || !mayBeTightened(verdict)) return { comment, verdict };
    const question = questionOf(comment, ready.version);
    const fired = await Promise.all(
      lanes.map(({ check, lane }) =>
        lane(async () => {
          const outcome = await askCheck(check, question);
          figures.asked += 1;
          figures.failed += Number(outcome.kind === 'failed');
          return checkRule(check, outcome);
        }),
      ),
    );
    return { comment, verdict: verdictOf([...verdict.rules, ...fired.filter((rule) => rule !== undefined)], ready, now) };
  };

  const tightened = await Promise.all(screened.map(tighten));
  if (figures.asked > 0) logFigures('checked', figures);
  return tightened;
}

/** What a check is told: the comment as its author wants it shown, and which text of it under which policy. */
function questionOf(comment: Comment, policyVersion: number): string {
  const { body, author } = unpackView(comment.edited ?? comment.view);
  return JSON.stringify({
    id: comment.order,
    articleId: comment.articleId,
    parentId: comment.parentId ?? null,
    revision: comment.revision,
    body,
    author: { id: comment.authorId, name: author?.name ?? '' },
    policyVersion,
  });
}
