import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { announceBatch } from '#events/announce-batch.ts';

/** Lambda entry of the table's stream, beside settling: tells the event bus what has happened. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => announceBatch(event.Records);
