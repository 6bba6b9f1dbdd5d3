import type { EventRecord } from '../../../local/streams/record.ts';

/** A change of an item, with the time of its making in milliseconds. */
export function record(sequenceNumber: number, item = `item-${sequenceNumber}`, at = Date.now()): EventRecord {
  return {
    eventID: String(sequenceNumber),
    eventName: 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: { id: { S: item } },
      SequenceNumber: String(sequenceNumber),
      SizeBytes: 100,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: 'arn:stream',
  };
}

/** The sequence numbers of records, to compare. */
export function numbers(records: readonly EventRecord[]): number[] {
  return records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
}
