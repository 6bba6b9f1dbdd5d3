import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { settleBatch } from '#settling/settle-batch.ts';

/** Lambda entry of the table's stream. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => settleBatch(event.Records);
