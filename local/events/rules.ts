import { setTimeout as delay } from 'node:timers/promises';
import type { LambdaFunction } from '../lambda/function.ts';
import { compilePattern } from '../streams/filter/pattern.ts';
import type { RulePlan } from '../template/events.ts';
import type { BusEvent } from './event.ts';

/** "Lambda retries the function twice" ("How Lambda handles errors and retries with asynchronous invocation"). */
const retries = 2;
/** "a one-minute wait before the first retry, and two minutes before the second": nobody on a laptop waits that long. */
const waits = [250, 500];

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

  async function invoke(name: string, event: BusEvent): Promise<void> {
    const text = JSON.stringify(event);
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      const outcome = await functions.get(name)?.invoke(text);
      if (outcome?.ok) return;
      if (attempt < retries) await delay(waits[attempt], undefined, { ref: false });
    }
    onProblem(`${name} did not take the event ${event['detail-type']} (${event.id})`);
  }

  return {
    async deliver(busName, event) {
      const names = compiled
        .filter(({ rule, matches }) => rule.busName === busName && matches(event))
        .flatMap(({ rule }) => rule.functionNames);
      await Promise.all(names.map((name) => invoke(name, event)));
    },
  };
}
