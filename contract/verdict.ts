import * as z from 'zod';
import { ruleActions } from '#comments/rules/verdict.ts';
import { count, moment } from './schemas.ts';

/** Where screening leaves a comment, as its author may know it; to moderators, it may also be `muted`. */
export const verdictOutcome = z.enum(['approved', 'held', 'rejected', 'spam']);

/** The rules that fired. */
export const firedRules = z.array(
  z.strictObject({
    rule: z.string(),
    action: z.enum(ruleActions),
    evidence: z.string().describe('Quotes the text that made the rule fire, or states the fact.'),
  }),
);

/** Why a comment stands where it stands. */
export const verdict = z
  .strictObject({ outcome: z.enum([...verdictOutcome.options, 'muted']), policyVersion: count, at: moment, rules: firedRules })
  .meta({
    id: 'Verdict',
    examples: [
      {
        outcome: 'held',
        policyVersion: 3,
        at: '2026-11-23T09:30:00.412Z',
        rules: [{ rule: 'suspectPhrases', action: 'hold', evidence: '“snake oil”' }],
      },
    ],
  });

/** A verdict as the author of the comment may read it. */
export const ownVerdict = z.strictObject({ ...verdict.shape, outcome: verdictOutcome }).meta({ id: 'OwnVerdict' });
