import { expect, test } from 'vitest';
import { configure, SynthesisedStack } from './synthesise.ts';

const table = new SynthesisedStack().sole('AWS::DynamoDB::Table');

test('comments survive a mistake: no deletion, no loss with the stack, 35 days to go back to', () => {
  expect(table.Properties.DeletionProtectionEnabled).toBe(true);
  expect(table.DeletionPolicy).toBe('Retain');
  expect(table.Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
});

test('a stage that is thrown away leaves no table behind', () => {
  const thrownAway = new SynthesisedStack(configure({ removalProtection: false })).sole('AWS::DynamoDB::Table');

  expect(thrownAway.Properties.DeletionProtectionEnabled).toBe(false);
  expect(thrownAway.DeletionPolicy).toBe('Delete');
});

test('settling sees what an item was and what it is', () => {
  expect(table.Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
});

test('idempotency keys expire by themselves', () => {
  expect(table.Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
});

test('nothing is paid for while nobody comments', () => {
  expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST');
});

test('the keys are strings, and there is no local index to cap a partition at 10 GB', () => {
  expect(table.Properties.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
  expect(table.Properties.LocalSecondaryIndexes).toBeUndefined();
  expect(table.Properties.AttributeDefinitions.every((attribute: { AttributeType: string }) => attribute.AttributeType === 'S')).toBe(true);
});

test('there are exactly these indexes, each carrying exactly what is read from it', () => {
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
  const printed = {
    ProjectionType: 'INCLUDE',
    NonKeyAttributes: ['view', 'status', 'revision', 'replyCount', 'shownChildren', 'reactions'],
  };

  expect(table.Properties.GlobalSecondaryIndexes).toEqual([
    { IndexName: 'thread', KeySchema: keys('thread', 'order'), Projection: printed },
    { IndexName: 'flat', KeySchema: keys('flat', 'order'), Projection: printed },
    { IndexName: 'article', KeySchema: keys('article', 'order'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    {
      IndexName: 'author',
      KeySchema: keys('author', 'order'),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['article'] },
    },
    {
      IndexName: 'queue',
      KeySchema: keys('queue', 'order'),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['parentId', 'author'] },
    },
    { IndexName: 'rank', KeySchema: keys('rank', 'score'), Projection: printed },
  ]);
});
