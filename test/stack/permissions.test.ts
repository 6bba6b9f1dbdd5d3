import { describe, expect, it, test } from 'vitest';
import { type FunctionName, functionNames } from '../../lib/function-names.ts';
import { SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack();

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: unknown;
}

/** Who may do what with what; `log` and `stream` name the function's own log group and the table's stream. */
const expected: Readonly<Record<FunctionName, Readonly<Record<string, readonly string[]>>>> = {
  reader: {
    log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    table: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    'table/index/flat': ['dynamodb:Query'],
    'table/index/rank': ['dynamodb:Query'],
    'table/index/thread': ['dynamodb:Query'],
  },
  member: {
    log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    table: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    'table/index/author': ['dynamodb:Query'],
    'table/index/flat': ['dynamodb:Query'],
    'site secret': ['secretsmanager:GetSecretValue'],
  },
  publisher: {
    log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    table: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'site secret': ['secretsmanager:GetSecretValue'],
  },
  moderator: {
    log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    table: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'table/index/article': ['dynamodb:Query'],
    'table/index/author': ['dynamodb:Query'],
    'table/index/flat': ['dynamodb:Query'],
    'table/index/queue': ['dynamodb:Query'],
    'table/index/thread': ['dynamodb:Query'],
    'site secret': ['secretsmanager:GetSecretValue'],
  },
  settle: {
    failures: ['sqs:SendMessage'],
    log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    stream: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    table: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    'table/index/article': ['dynamodb:Query'],
    'table/index/author': ['dynamodb:Query'],
  },
  announce: {
    bus: ['events:PutEvents'],
    failures: ['sqs:SendMessage'],
    log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    stream: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  },
  housekeeping: {
    log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    table: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'table/index/article': ['dynamodb:Query'],
    'table/index/queue': ['dynamodb:Query'],
    'table/index/thread': ['dynamodb:Query'],
  },
};

/** What a statement's resource is called in the table above. */
function nameOf(resource: unknown, logId: string): string {
  const { 'Fn::GetAtt': attribute, 'Fn::Join': join } = resource as { 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (join) return join[1].map((part) => (typeof part === 'string' ? part : nameOf(part, logId))).join(join[0]);
  const [id = '', name] = attribute ?? [];
  if (id === logId) return 'log';
  const named = {
    CommentsTableArn: 'table',
    CommentsTableStreamArn: 'stream',
    EventsBusArn: 'bus',
    StreamFailuresArn: 'failures',
    IdentitySiteSecretId: 'site secret',
  };
  return named[`${id.replace(/[0-9A-F]{8}$/, '')}${name}` as keyof typeof named] ?? JSON.stringify(resource);
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

describe.each(functionNames)('%s', (name) => {
  it('may do exactly this', () => {
    const logId = stack.lambda(name)[1].Properties.LoggingConfig.LogGroup.Ref;
    const pairs = statementsOf(name).flatMap(({ Action, Resource }) =>
      [Resource].flat().flatMap((resource) => [Action].flat().map((action) => ({ resource: nameOf(resource, logId), action }))),
    );
    const granted = Object.entries(Object.groupBy(pairs, ({ resource }) => resource));

    expect(statementsOf(name).map(({ Effect }) => Effect)).toEqual(statementsOf(name).map(() => 'Allow'));
    expect(Object.fromEntries(granted.map(([resource, of = []]) => [resource, of.map(({ action }) => action).toSorted()]))).toEqual(
      expected[name],
    );
  });
});

test('there is no other statement in the template but that functions take their roles, that queue and topic want encryption, and who may sound the alarm', () => {
  const ofFunctions = functionNames.flatMap(statementsOf);
  const others = allStatements().filter(([, statement]) => !ofFunctions.includes(statement));
  const roles = functionNames.map((name) => [`${name}Role`, 'Allow', 'sts:AssumeRole']);

  const ofResources = [
    ['StreamFailuresPolicy', 'Deny', 'sqs:*'],
    ['MonitoringAlarmsKey', 'Allow', 'kms:*'],
    ['MonitoringAlarmsKey', 'Allow', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['MonitoringAlarmsTopicPolicy', 'Allow', 'sns:Publish'],
    ['MonitoringAlarmsTopicPolicy', 'Deny', 'sns:Publish'],
  ];
  expect(others.map(([owner, { Effect, Action }]) => [owner.replace(/[0-9A-F]{8}$/, ''), Effect, Action]).toSorted()).toEqual(
    [...roles, ...ofResources].toSorted(),
  );
});

test('no statement has a wildcard, but the refusal of unencrypted requests to the queue, and the policy of a key, which is about itself', () => {
  const wild = allStatements().filter(([, { Action, Resource }]) => /[*?]/.test(JSON.stringify([Action, Resource])));

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
