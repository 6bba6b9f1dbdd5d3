import * as z from 'zod/mini';
import { isVisible } from '#comments/rules/body.ts';
import type { FiredRule, Verdict } from '#comments/rules/verdict.ts';
import { type Check, type CheckAction, checkActions } from './checks.ts';

/** What came of asking a check; `reason` says why there is no answer, in words fit for a moderator. */
export type CheckOutcome = { kind: 'answered'; action: CheckAction; evidence: string } | { kind: 'failed'; reason: string };

/** Characters of a check's evidence that are kept. */
const longestEvidence = 500;

/** More fields than these may be there; they are passed over. */
const answer = z.object({ action: z.enum(checkActions), evidence: z.nullish(z.string()) });

/** Reads the text of an answer; whatever is not one is a failure of the check. */
export function readAnswer(text: string): CheckOutcome {
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return { kind: 'failed', reason: 'its answer is not {action, evidence}' };
  const { action, evidence } = parsed.data;
  return { kind: 'answered', action, evidence: cleanEvidence(evidence ?? '') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line without what could rearrange the page around it, cut between characters. */
function cleanEvidence(text: string): string {
  const clean = text
    .toWellFormed()
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return isVisible(clean) ? [...clean].slice(0, longestEvidence).join('') : 'no evidence given';
}

/**
 * The rule that fires by what came of a check. An approval is no rule: a check may only make stricter what the rules said.
 * A failure is always named, also where the policy has it count for nothing.
 */
export function checkRule(check: Check, outcome: CheckOutcome): FiredRule | undefined {
  const rule = ruleOf(check);
  if (outcome.kind === 'failed') return { rule, action: check.onFailure, evidence: outcome.reason };
  return outcome.action === 'approve' ? undefined : { rule, action: outcome.action, evidence: outcome.evidence };
}

/** What a check is called in a verdict. */
export const ruleOf = ({ name }: Pick<Check, 'name'>): string => `check:${name}`;

/** What the rules took down would leave the house to no purpose: nobody will see it, whatever a check says. */
export const mayBeTightened = ({ outcome }: Verdict): boolean => outcome === 'approved' || outcome === 'held';
