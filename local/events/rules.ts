import type { LambdaFunction } from '../lambda/function.ts';
import { compilePattern } from '../streams/filter/pattern.ts';
import type { RulePlan } from '../template/events.ts';
import type { BusEvent } from './event.ts';
import { invokeTarget } from './invoke.ts';

export interface RuleTargets {
  /** Takes an event to the targets of every rule that matches it. Resolves when each has taken it or was given up; never rejects. */
  deliver(busName: string, event: BusEvent): Promise<void>;
}

/**
 * Matches events against the rules of a template and invokes their functions.
 * @param functions by name; filled before the first event comes
 * @throws Problem for a pattern that is not understood
 */
export function ruleTargets(
  rules: readonly RulePlan[],
  functions: ReadonlyMap<string, LambdaFunction>,
  onProblem: (line: string) => void,
): RuleTargets {
  const compiled = rules.map((rule) => ({ rule, matches: compilePattern(rule.pattern) }));

  return {
    async deliver(busName, event) {
      const names = compiled
        .filter(({ rule, matches }) => rule.busName === busName && matches(event))
        .flatMap(({ rule }) => rule.functionNames);
      await Promise.all(names.map((name) => invokeTarget(name, functions, event, onProblem)));
    },
  };
}
