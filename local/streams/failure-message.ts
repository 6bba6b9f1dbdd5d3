import { randomUUID } from 'node:crypto';
import type { Discarded } from './delivery.ts';

export interface FailurePlace {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
}

/**
 * What Lambda sends to the failure destination ("Example invocation record for a DynamoDB stream" in "Retain discarded records for a
 * DynamoDB event source in Lambda"): not the records, but where in the stream they are.
 */
export function failureMessage(
  { records, condition, invocations, functionError }: Discarded,
  { functionArn, streamArn, shardId }: FailurePlace,
) {
  const first = records[0]?.dynamodb;
  const last = records.at(-1)?.dynamodb;
  return {
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invocations },
    ...(invocations > 0 && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(functionError && { functionError: 'Unhandled' }) },
    }),
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn,
    },
  };
}

function arrival(record: { readonly ApproximateCreationDateTime: number } | undefined): string {
  return new Date((record?.ApproximateCreationDateTime ?? 0) * 1000).toISOString().replace('.000Z', 'Z');
}
