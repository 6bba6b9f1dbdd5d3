import type { DynamoDBRecord } from 'aws-lambda';
import { settleBatch } from '#settling/settle-batch.ts';
import { streamReader } from './stream-reader.ts';

/** Settles until nothing is left: delivers the stream to the real settling code, as often as it wakes itself. */
export function settler(streamArn: string): () => Promise<void> {
  const read = streamReader(streamArn);
  return async () => {
    for (let records = await read(); records.length > 0; records = await read()) await deliver(records);
  };
}

/** Delivers records as the event source mapping does, and brings failed ones again. */
export async function deliver(records: readonly DynamoDBRecord[]): Promise<void> {
  const { batchItemFailures } = await settleBatch(records.filter(isMapped));
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} records failed to settle`);
}

/** The filters of the event source mapping: what is unsettled, and hidden comments that something is shown below. */
export function isMapped({ dynamodb }: DynamoDBRecord): boolean {
  const image = dynamodb?.NewImage;
  const hidden = ['held', 'rejected', 'spam', 'deleted', 'muted'].includes(image?.status?.S ?? '');
  return image?.unsettled?.BOOL === true || (hidden && image?.shownChildren?.N !== undefined);
}
