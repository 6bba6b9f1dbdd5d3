import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { logError, logFigures } from '#http/log.ts';
import type { PublishedEvent } from './event.ts';
import { entriesPerCall, publish } from './event-bus.ts';
import { eventsOf } from './events-of.ts';

/** An event, and the record that tells of it. */
interface Told {
  event: PublishedEvent;
  sequenceNumber: string;
}

/**
 * Publishes what a batch of the table's stream tells, in its order. What is in the stream is durable, and it comes again
 * until it is published: no change is ever told that did not happen, and none is forgotten.
 *
 * @returns the first record that must come again, and Lambda brings all after it along (partial batch response, Lambda
 *   Developer Guide, "Using Lambda with DynamoDB streams"): those that were published already keep their ids
 */
export async function announceBatch(records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
  const told = records.flatMap((record) =>
    eventsOf(record).map((event): Told => ({ event, sequenceNumber: record.dynamodb?.SequenceNumber ?? '' })),
  );
  let published = 0;
  let error: unknown;
  while (published < told.length && error === undefined) {
    const publication = await publish(told.slice(published, published + entriesPerCall).map(({ event }) => event));
    published += publication.published;
    error = publication.error;
  }
  const failed = told[published];
  if (error !== undefined) logError('an event could not be published', failed?.sequenceNumber ?? '', error);
  logFigures('announced', {}, [
    { by: { Work: 'announcing' }, values: { Records: records.length, Events: told.length, Published: published } },
  ]);
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed.sequenceNumber }] };
}
