import * as z from 'zod';
import { allows } from '../permissions/guard.ts';
import { Problem } from '../problem.ts';
import type { Reading } from './properties.ts';
import type { RolePlan } from './roles.ts';

/**
 * `AWS::Lambda::EventSourceMapping` on a DynamoDB stream. Defaults and limits: "Configuration parameters for DynamoDB event source
 * mappings", AWS Lambda Developer Guide.
 */
export const mappingReading = {
  matters: z.object({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    StartingPosition: z.literal('TRIM_HORIZON'),
    Enabled: z.literal(true).default(true),
    BatchSize: z.int().min(1).max(10_000).default(100),
    MaximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
    ParallelizationFactor: z.int().min(1).max(10).default(1),
    BisectBatchOnFunctionError: z.boolean().default(false),
    MaximumRetryAttempts: z.int().min(-1).max(10_000).default(-1),
    MaximumRecordAgeInSeconds: z.int().min(-1).max(604_800).default(-1),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).default([]) }).default({ Filters: [] }),
    DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
  }),
  withoutEffect: ['MetricsConfig', 'LoggingConfig', 'Tags'],
} satisfies Reading<z.ZodObject>;

/** A stream's way into a function. */
export interface MappingPlan {
  readonly id: string;
  readonly tableName: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowMilliseconds: number;
  readonly parallelizationFactor: number;
  readonly bisect: boolean;
  /** Infinity: until the stream itself drops the record. */
  readonly maximumRetries: number;
  readonly maximumAgeMilliseconds: number;
  readonly reportsItemFailures: boolean;
  /** JSON texts, any of which lets a record through; none lets all through. */
  readonly patterns: readonly string[];
  /** The queue that gets what could not be processed. */
  readonly failureQueue: string | undefined;
}

/** Turns the parameters of a mapping into numbers to work with. */
export function planMapping(id: string, properties: z.output<typeof mappingReading.matters>): MappingPlan {
  const { MaximumRetryAttempts, MaximumRecordAgeInSeconds } = properties;
  const destination = properties.DestinationConfig?.OnFailure.Destination;
  return {
    id,
    tableName: within(id, properties.EventSourceArn, /:dynamodb:.*:table\/([^/]+)\/stream\//),
    functionName: properties.FunctionName.split(':').at(-1) ?? '',
    batchSize: properties.BatchSize,
    windowMilliseconds: properties.MaximumBatchingWindowInSeconds * 1000,
    parallelizationFactor: properties.ParallelizationFactor,
    bisect: properties.BisectBatchOnFunctionError,
    maximumRetries: MaximumRetryAttempts === -1 ? Number.POSITIVE_INFINITY : MaximumRetryAttempts,
    maximumAgeMilliseconds: MaximumRecordAgeInSeconds === -1 ? Number.POSITIVE_INFINITY : MaximumRecordAgeInSeconds * 1000,
    reportsItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    patterns: properties.FilterCriteria.Filters.map((filter) => filter.Pattern),
    failureQueue: destination === undefined ? undefined : within(id, destination, /:sqs:[^:]*:[^:]*:([^:]+)$/),
  };
}

/**
 * Lambda reads a stream, and hands on what could not be processed, as the function: so its role has to allow that ("Execution role
 * permissions" for DynamoDB event sources, AWS Lambda Developer Guide).
 * @throws Problem for a permission that is missing, for which CloudFormation would not make the mapping
 */
export function requireAccess(id: string, properties: z.output<typeof mappingReading.matters>, role: RolePlan): void {
  const stream = properties.EventSourceArn;
  const queue = properties.DestinationConfig?.OnFailure.Destination;
  const needs = [
    ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((each) => ({
      action: `dynamodb:${each}`,
      resource: stream,
    })),
    ...(queue === undefined ? [] : [{ action: 'sqs:SendMessage', resource: queue }]),
  ];
  const missing = needs.find((need) => !allows(role, need));
  if (missing !== undefined) throw new Problem(`${id}: the role ${role.name} does not allow ${missing.action} on ${missing.resource}`);
}

function within(id: string, arn: string, pattern: RegExp): string {
  const name = pattern.exec(arn)?.[1];
  if (name === undefined) throw new Problem(`${id}: the laptop does not understand ${arn}`);
  return name;
}
