import * as z from 'zod';
import { ruleActions } from '#comments/rules/verdict.ts';
import { count, moment } from './schemas.ts';

/** Why a comment stands where it stands. */
export const verdict = z
  .strictObject({
    outcome: z.enum(['approved', 'held', 'rejected', 'spam', 'muted']),
    policyVersion: count,
    at: moment,
    rules: z.array(
      z.strictObject({
        rule: z.string(),
        action: z.enum(ruleActions),
        evidence: z.string().describe('Quotes the text that made the rule fire, or states the fact.'),
      }),
    ),
  })
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
export const ownVerdict = z
  .strictObject({ ...verdict.shape, outcome: verdict.shape.outcome.exclude(['muted']) })
  .meta({ id: 'OwnVerdict' });
