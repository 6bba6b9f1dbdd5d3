import { describe, expect, it, test } from 'vitest';
import { type FunctionName, functionNames } from '../../lib/function-names.ts';
import { tableGrants } from '../../lib/grants.ts';
import { SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack();

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The statements of a function's role. */
function statementsOf(name: FunctionName): Statement[] {
  const [roleId] = stack.lambda(name)[1].Properties.Role['Fn::GetAtt'];
  return Object.values(stack.resources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some((role: { Ref: string }) => role.Ref === roleId))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** Every statement of every policy in the template, wherever it is nested, with the resource that it is part of. */
function allStatements(): [owner: string, statement: Statement][] {
  return Object.entries(stack.template.toJSON().Resources).flatMap(([owner, resource]) =>
    findStatements(resource).map((statement): [string, Statement] => [owner, statement]),
  );
}

function findStatements(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const nested = Object.values(value).flatMap(findStatements);
  return 'Effect' in value ? [value as Statement, ...nested] : nested;
}

const actionsOf = (name: FunctionName) => statementsOf(name).flatMap(({ Action }) => Action);

/** A resource as text: `Table.Arn`, `Table.Arn/index/flat`. */
function render(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { 'Fn::GetAtt': attribute, 'Fn::Join': join } = resource as { 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (attribute) return attribute.join('.').replace(/[0-9A-F]{8}\./, '.');
  return join ? join[1].map(render).join(join[0]) : JSON.stringify(resource);
}

test('no statement has a wildcard, but the refusal of unencrypted requests to the queue, and the policy of a key, which is about itself', () => {
  const wild = allStatements().filter(([, { Action, Resource }]) => JSON.stringify([Action, Resource]).includes('*'));

  expect(allStatements().length).toBeGreaterThan(functionNames.length);
  expect(wild.map(([owner, { Effect, Action }]) => [owner.replace(/[0-9A-F]{8}$/, ''), Effect, Action])).toEqual([
    ['StreamFailuresPolicy', 'Deny', 'sqs:*'],
    ['MonitoringAlarmsKey', 'Allow', 'kms:*'],
    ['MonitoringAlarmsKey', 'Allow', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ]);
});

test('no role takes a managed policy, which would bring wildcards with it', () => {
  for (const role of Object.values(stack.resources('AWS::IAM::Role'))) expect(role.Properties.ManagedPolicyArns).toBeUndefined();
});

describe.each(functionNames)('%s', (name) => {
  it('may do with the table what its grant says, and nothing else', () => {
    const { table, indexes } = tableGrants[name];
    const onTable = statementsOf(name).find(({ Resource }) => render(Resource) === 'CommentsTable.Arn');
    const onIndexes = statementsOf(name).find(({ Resource }) => JSON.stringify(Resource).includes('/index/'));

    expect((onTable ? [onTable.Action].flat() : []).toSorted()).toEqual([...table].toSorted());
    expect(onIndexes ? [onIndexes.Resource].flat().map(render).toSorted() : []).toEqual(
      indexes.map((index) => `CommentsTable.Arn/index/${index}`).toSorted(),
    );
  });

  it('writes to its own log only', () => {
    const logId = stack.lambda(name)[1].Properties.LoggingConfig.LogGroup.Ref;
    const onLogs = statementsOf(name).filter(({ Action }) => JSON.stringify(Action).includes('logs:'));

    expect(onLogs).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [logId, 'Arn'] } },
    ]);
  });

  it('can neither scan the table nor change it', () => {
    expect(actionsOf(name).filter((action) => /Scan|Table|TimeToLive|Backup|PartiQL/.test(action))).toEqual([]);
  });
});

test('the reader, which takes requests from everybody, can write nothing but its log', () => {
  expect(actionsOf('reader').filter((action) => !/^(dynamodb:(BatchGet|Get|Query)|logs:)/.test(action))).toEqual([]);
});

test('settling and announcing alone read the stream and report what they could not process', () => {
  const streamReaders = functionNames.filter((name) => actionsOf(name).includes('dynamodb:GetRecords'));
  const senders = functionNames.filter((name) => actionsOf(name).includes('sqs:SendMessage'));

  expect([streamReaders, senders]).toEqual(Array(2).fill(['settle', 'announce']));
  for (const name of streamReaders) {
    const onStream = statementsOf(name).find(({ Action }) => Action.includes('dynamodb:GetRecords'));
    expect(render(onStream?.Resource)).toBe('CommentsTable.StreamArn');
  }
});

test('announcing alone may publish, and only on the bus of the stack', () => {
  const publishers = functionNames.filter((name) => actionsOf(name).includes('events:PutEvents'));
  const onBus = statementsOf('announce').find(({ Action }) => Action.includes('events:PutEvents'));

  expect(publishers).toEqual(['announce']);
  expect(render(onBus?.Resource)).toBe('EventsBus.Arn');
});

test('housekeeping may mend what it counts, and do nothing else', () => {
  expect(actionsOf('housekeeping').filter((action) => !/^(dynamodb:(BatchGet|Get|Query)|logs:)/.test(action))).toEqual([
    'dynamodb:UpdateItem',
  ]);
});
