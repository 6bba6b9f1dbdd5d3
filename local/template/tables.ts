import * as z from 'zod';
import type { Reading } from './properties.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const index = z
  .object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection })
  .transform(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));

/** `AWS::DynamoDB::Table`, AWS CloudFormation User Guide. */
export const tableReading = {
  matters: z.object({
    AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
    KeySchema: keySchema,
    GlobalSecondaryIndexes: z.array(index).default([]),
    LocalSecondaryIndexes: z.array(index).default([]),
    StreamSpecification: z
      .strictObject({ StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']) })
      .optional(),
    TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  }),
  // The laptop's tables have no capacity to run out of, no backups and no tags. They are deleted with their store.
  withoutEffect: [
    'TableName',
    'BillingMode',
    'ProvisionedThroughput',
    'OnDemandThroughput',
    'WarmThroughput',
    'DeletionProtectionEnabled',
    'PointInTimeRecoverySpecification',
    'ContributorInsightsSpecification',
    'SSESpecification',
    'TableClass',
    'ResourcePolicy',
    'Tags',
  ],
} satisfies Reading<z.ZodObject>;

type TableProperties = z.output<typeof tableReading.matters>;

/** A table that the template declares. */
export interface TablePlan extends TableProperties {
  readonly name: string;
}
