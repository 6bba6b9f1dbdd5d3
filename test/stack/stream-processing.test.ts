import { expect, test } from 'vitest';
import { configure, SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack();
const mappings = Object.values(stack.resources('AWS::Lambda::EventSourceMapping'));
const mappingOf = (name: 'settle' | 'announce') =>
  mappings.find(({ Properties }) => Properties.FunctionName.Ref === stack.lambda(name)[0])!;
const mapping = mappingOf('settle');
const patternsOf = (name: 'settle' | 'announce') =>
  mappingOf(name).Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));
const queue = Object.entries(stack.resources('AWS::SQS::Queue'))[0]!;

test('the stream of the table wakes settling and announcing, as many as may read it', () => {
  expect(mappings).toHaveLength(2);
  for (const { Properties } of mappings) {
    expect(Properties.EventSourceArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^CommentsTable/), 'StreamArn'] });
  }
});

test.each(['settle', 'announce'] as const)('no change is lost to %s: from the first record on, retried, at last into the queue', (name) => {
  expect(mappingOf(name).Properties).toMatchObject({
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
  expect(patternsOf('settle')).toEqual([
    { dynamodb: { NewImage: { unsettled: { BOOL: [true] } } } },
    {
      dynamodb: {
        NewImage: { status: { S: ['held', 'rejected', 'spam', 'deleted', 'muted'] }, shownChildren: { N: [{ exists: true }] } },
      },
    },
  ]);
});

test('announcing is woken for what outsiders are told of', () => {
  expect(patternsOf('announce')).toEqual([
    { dynamodb: { Keys: { sk: { S: ['comment', 'article', 'in-force', { prefix: 'reaction#' }, { prefix: 'report#' }] } } } },
    { dynamodb: { Keys: { sk: { S: ['member'] } }, NewImage: { standingRevision: { N: [{ exists: true }] } } } },
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
  expect(thrownAway.sole('AWS::SQS::Queue').DeletionPolicy).toBe('Delete');
});
