import { expect, test } from 'vitest';
import { configure, SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack();
const mapping = stack.only('AWS::Lambda::EventSourceMapping');
const queue = Object.entries(stack.resources('AWS::SQS::Queue'))[0]!;

test('settling is woken by the stream of the table', () => {
  const [settleId] = stack.lambda('settle');

  expect(mapping.Properties.EventSourceArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^CommentsTable/), 'StreamArn'] });
  expect(mapping.Properties.FunctionName).toEqual({ Ref: settleId });
});

test('no change is lost: from the first record on, retried one by one, at last into the queue', () => {
  expect(mapping.Properties).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 10,
    MaximumRecordAgeInSeconds: 12 * 60 * 60,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue[0], 'Arn'] } } },
  });
});

test('a comment waits for nobody, and a burst is settled in large groups', () => {
  expect(mapping.Properties).toMatchObject({ MaximumBatchingWindowInSeconds: 0, BatchSize: 100, ParallelizationFactor: 10 });
});

test('settling is woken for unsettled items and for hidden parents only, so that it never wakes itself', () => {
  const patterns = mapping.Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));

  expect(patterns).toEqual([
    { dynamodb: { NewImage: { unsettled: { BOOL: [true] } } } },
    {
      dynamodb: {
        NewImage: { status: { S: ['held', 'rejected', 'spam', 'deleted', 'muted'] }, shownChildren: { N: [{ exists: true }] } },
      },
    },
  ]);
});

test('the mapping is made after the permission to read the stream, without which it would be refused', () => {
  expect(mapping.DependsOn).toContainEqual(expect.stringMatching(/^settleRoleDefaultPolicy/));
});

test('failures wait fourteen days, encrypted at rest and on the way', () => {
  expect(queue[1].Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 60 * 60, SqsManagedSseEnabled: true });
  stack.template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: queue[0] }],
    PolicyDocument: { Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
  });
});

test('failures outlive the stack, but not a stage that is thrown away', () => {
  const thrownAway = new SynthesisedStack(configure({ removalProtection: false }));

  expect(queue[1].DeletionPolicy).toBe('Retain');
  expect(thrownAway.only('AWS::SQS::Queue').DeletionPolicy).toBe('Delete');
});
