import type { PolicyFact } from '../event.ts';

/** Another version of the policy is in force. */
export function policyEvents(before: { version: number } | undefined, after: { version: number }): PolicyFact[] {
  return before?.version === after.version ? [] : [{ type: 'policy.changed', revision: after.version }];
}
