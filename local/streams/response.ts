import type { EventRecord } from './record.ts';

/**
 * Reads what a function with `ReportBatchItemFailures` returned ("Configuring partial batch response with DynamoDB and Lambda").
 * @param payload JSON text
 * @returns position of the first failed record: everything from there on comes again. `undefined`: all succeeded. An answer that is not
 * understood fails the whole batch, from 0.
 */
export function firstFailure(payload: string, records: readonly EventRecord[]): number | undefined {
  const response: unknown = JSON.parse(payload);
  // "An empty or null EventResponse", "an empty or null batchItemFailures list": complete success.
  if (response === null) return undefined;
  if (typeof response !== 'object' || Array.isArray(response)) return 0;
  const failures = (response as { readonly batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return undefined;
  if (!Array.isArray(failures)) return 0;
  const positions = failures.map((failure: unknown) => position(failure, records));
  return positions.length === 0 ? undefined : Math.max(0, Math.min(...positions));
}

/** -1 for what names no record of the batch. */
function position(failure: unknown, records: readonly EventRecord[]): number {
  if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return -1;
  return records.findIndex((record) => record.dynamodb.SequenceNumber === failure.itemIdentifier);
}
