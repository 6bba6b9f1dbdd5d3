import type { Comment } from '#comments/comment.ts';
import { openReports, reportsRule } from '#comments/rules/reports.ts';
import { isApproved } from '#comments/rules/status.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { askChecks } from './ask-checks.ts';
import { readFacts, subjectOf } from './facts.ts';
import { type PolicyVersion, policyInForce } from './policy-storage.ts';
import { type ReadyPolicy, readyPolicy, screen, verdictOf } from './rules/screen.ts';

/**
 * Screens, under the policy in force, those of `comments` that await it: new texts, by its rules and then by its checks,
 * and approved comments that were reported, which were checked before.
 *
 * @returns the verdicts by comment id; reports that are too few to act on give none
 */
export async function screenAll(comments: readonly Comment[], now: Date): Promise<Map<string, Verdict>> {
  const unscreened = comments.filter((comment) => comment.unscreened);
  const reported = comments.filter((comment) => !comment.unscreened && isApproved(comment.status) && openReports(comment) > 0);
  if (unscreened.length + reported.length === 0) return new Map();
  const policy = ready(await policyInForce());
  const facts = await readFacts(unscreened, policy, now);
  const screened = unscreened.map((comment) => ({ comment, verdict: screen(subjectOf(comment, policy, facts), policy, now) }));
  const checked = await askChecks(screened, policy, now);
  return new Map([
    ...checked.map(({ comment, verdict }) => [comment.order, verdict] as const),
    ...reported.flatMap((comment) => {
      const rule = reportsRule(comment, policy.policy.reports.holdAt);
      return rule === undefined ? [] : [[comment.order, verdictOf([rule], policy, now)] as const];
    }),
  ]);
}

/** The last policy made ready: building the phrase finders costs far more than one comment. */
let last: ReadyPolicy | undefined;

function ready({ policy, version }: PolicyVersion): ReadyPolicy {
  if (last?.version !== version) last = readyPolicy(policy, version);
  return last;
}
