import { expect, test } from 'vitest';
import { itemKey, toEventRecord } from '../../local/streams/record.ts';
import { record } from './support/records.ts';

test('a stream record becomes the one that Lambda hands over: whole seconds, and the region of the stack', () => {
  const converted = toEventRecord(
    {
      ...{ eventID: '1', eventName: 'MODIFY', eventVersion: '1.1' },
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
      dynamodb: {
        ApproximateCreationDateTime: 1_700_000_000.9,
        Keys: { id: { S: 'a' } },
        NewImage: { id: { S: 'a' }, raw: { B: 'AP8=' } },
        ...{ SequenceNumber: '7', SizeBytes: 12, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    },
    { region: 'eu-west-1', streamArn: 'arn:stream' },
  );

  expect(converted).toEqual({
    ...{ eventID: '1', eventName: 'MODIFY', eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: 'eu-west-1' },
    dynamodb: {
      ApproximateCreationDateTime: 1_700_000_000,
      Keys: { id: { S: 'a' } },
      NewImage: { id: { S: 'a' }, raw: { B: 'AP8=' } },
      ...{ SequenceNumber: '7', SizeBytes: 12, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    eventSourceARN: 'arn:stream',
  });
});

test('an item is known by its keys, in whatever order they come', () => {
  const withKeys = (Keys: Readonly<Record<string, unknown>>) => ({ ...record(1), dynamodb: { ...record(1).dynamodb, Keys } });
  const key = itemKey(withKeys({ pk: { S: 'a' }, sk: { S: 'b' } }));
  expect(itemKey(withKeys({ sk: { S: 'b' }, pk: { S: 'a' } }))).toBe(key);
  expect(itemKey(withKeys({ pk: { S: 'b' }, sk: { S: 'a' } }))).not.toBe(key);
});
