import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { Reading } from './properties.ts';

/** `AWS::Events::EventBus`, AWS CloudFormation User Guide. */
export const busReading = {
  matters: z.object({ Name: z.string() }),
  withoutEffect: ['Description', 'KmsKeyIdentifier', 'LogConfig', 'Policy', 'Tags'],
} satisfies Reading<z.ZodObject>;

/** `AWS::Events::Rule` that is matched against events, with functions as its targets. */
export const ruleReading = {
  matters: z.object({
    EventBusName: z.string(),
    EventPattern: z.record(z.string(), z.json()),
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

/** @throws Problem for a target that is no function */
export function planRule(id: string, properties: z.output<typeof ruleReading.matters>): RulePlan {
  return {
    id,
    busName: properties.EventBusName,
    pattern: JSON.stringify(properties.EventPattern),
    functionNames: properties.State === 'DISABLED' ? [] : properties.Targets.map(({ Arn }) => functionOf(id, Arn)),
  };
}

function functionOf(id: string, arn: string): string {
  const name = /:lambda:[^:]*:[^:]*:function:([^:]+)$/.exec(arn)?.[1];
  if (name === undefined) throw new Problem(`${id}: the laptop does not understand the target ${arn}`);
  return name;
}
