import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { Reading } from './properties.ts';

/** `AWS::Events::EventBus`, AWS CloudFormation User Guide. */
export const busReading = {
  matters: z.object({ Name: z.string() }),
  withoutEffect: ['Description', 'KmsKeyIdentifier', 'LogConfig', 'Policy', 'Tags'],
} satisfies Reading<z.ZodObject>;

/** `AWS::Events::Rule`, which is matched against the events of a bus or goes off by the clock, with functions as its targets. */
export const ruleReading = {
  matters: z.object({
    EventBusName: z.string().optional(),
    EventPattern: z.record(z.string(), z.json()).optional(),
    ScheduleExpression: z.string().optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z.array(z.strictObject({ Id: z.string(), Arn: z.string() })).default([]),
  }),
  withoutEffect: ['Name', 'Description', 'Tags'],
} satisfies Reading<z.ZodObject>;

/** Which functions are told of which events. */
export interface RulePlan {
  readonly id: string;
  readonly busName: string;
  /** The pattern as JSON. */
  readonly pattern: string;
  readonly functionNames: readonly string[];
}

/** Which functions are invoked again and again. */
export interface SchedulePlan {
  readonly id: string;
  readonly everyMilliseconds: number;
  readonly functionNames: readonly string[];
}

export type RuleOrSchedule = { readonly rule: RulePlan } | { readonly schedule: SchedulePlan };

/** @throws Problem for a target that is no function, a schedule that is no rate, or a rule without a bus */
export function planRule(id: string, properties: z.output<typeof ruleReading.matters>): RuleOrSchedule {
  const { EventBusName, EventPattern, ScheduleExpression, State, Targets } = properties;
  const functionNames = State === 'DISABLED' ? [] : Targets.map(({ Arn }) => functionOf(id, Arn));
  if (ScheduleExpression !== undefined && EventPattern === undefined) {
    return { schedule: { id, everyMilliseconds: periodOf(id, ScheduleExpression), functionNames } };
  }
  if (EventBusName === undefined || EventPattern === undefined || ScheduleExpression !== undefined) {
    throw new Problem(`${id}: the laptop understands a rule with a bus and a pattern, or with a schedule`);
  }
  return { rule: { id, busName: EventBusName, pattern: JSON.stringify(EventPattern), functionNames } };
}

const milliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** "rate(value unit)" ("Setting a schedule pattern for scheduled rules", Amazon EventBridge User Guide). */
function periodOf(id: string, expression: string): number {
  const [, value, unit] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (value === undefined || unit === undefined) throw new Problem(`${id}: the laptop does not understand the schedule ${expression}`);
  return Number(value) * milliseconds[unit as keyof typeof milliseconds];
}

function functionOf(id: string, arn: string): string {
  const name = /:lambda:[^:]*:[^:]*:function:([^:]+)$/.exec(arn)?.[1];
  if (name === undefined) throw new Problem(`${id}: the laptop does not understand the target ${arn}`);
  return name;
}
