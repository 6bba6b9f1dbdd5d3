import { randomUUID } from 'node:crypto';
import type { LambdaFunction } from '../lambda/function.ts';
import type { SchedulePlan } from '../template/events.ts';
import type { BusEvent } from './event.ts';
import { invokeTarget } from './invoke.ts';

export interface Schedules {
  readonly schedules: readonly SchedulePlan[];
  readonly account: string;
  readonly region: string;
}

/**
 * Invokes what goes off by the clock, for the first time when a period has passed ("Setting a schedule pattern for scheduled
 * rules", Amazon EventBridge User Guide).
 * @returns what ends it
 */
export function startSchedules(
  { schedules, account, region }: Schedules,
  functions: ReadonlyMap<string, LambdaFunction>,
  onProblem: (line: string) => void,
): () => void {
  const timers = schedules.map(({ id, everyMilliseconds, functionNames }) =>
    setInterval(() => {
      for (const name of functionNames) void invokeTarget(name, functions, scheduledEvent(id, { account, region }), onProblem);
    }, everyMilliseconds).unref(),
  );
  return () => timers.forEach(clearInterval);
}

/** What a target gets of a rule that went off ("Scheduled events", Amazon EventBridge Events Reference). */
const scheduledEvent = (ruleName: string, { account, region }: { account: string; region: string }): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [`arn:aws:events:${region}:${account}:rule/${ruleName}`],
  detail: {},
});
