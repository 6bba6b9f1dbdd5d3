import { describe, expect, it, test } from 'vitest';
import { functionNames } from '../../lib/function-names.ts';
import { configure, SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack(configure({ customerManagedKey: true }));
const [keyId, key] = Object.entries(stack.resources('AWS::KMS::Key')).find(([id]) => id.startsWith('DataKey'))!;
const keyArn = { 'Fn::GetAtt': [keyId, 'Arn'] };
const propertiesOf = (type: string) => Object.values(stack.resources(type)).map(({ Properties }) => Properties);

test('the key outlives the stack, like what it encrypts, and changes every year', () => {
  expect(key).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { EnableKeyRotation: true } });
});

describe('it encrypts', () => {
  it('the table', () => {
    expect(stack.sole('AWS::DynamoDB::Table').Properties.SSESpecification).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: keyArn,
    });
  });

  it('the queue of failures', () => {
    expect(stack.sole('AWS::SQS::Queue').Properties.KmsMasterKeyId).toEqual(keyArn);
  });

  it('the event bus', () => {
    expect(stack.sole('AWS::Events::EventBus').Properties.KmsKeyIdentifier).toEqual(keyArn);
  });

  it.each(['AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret'])('every %s', (type) => {
    expect(propertiesOf(type).length).toBeGreaterThan(1);
    for (const { KmsKeyId } of propertiesOf(type)) expect(KmsKeyId).toEqual(keyArn);
  });

  it('the environment of every function', () => {
    for (const { KmsKeyArn } of propertiesOf('AWS::Lambda::Function')) expect(KmsKeyArn).toEqual(keyArn);
  });

  it('the secrets of the edge', () => {
    const edged = new SynthesisedStack(configure({ customerManagedKey: true, region: 'eu-central-1', edge: {} }));
    for (const { Properties } of Object.values(edged.resources('AWS::SecretsManager::Secret'))) expect(Properties.KmsKeyId).toBeDefined();
  });
});

describe('it may be used by', () => {
  const reading = ['kms:Decrypt', 'kms:DescribeKey'];

  it.each(functionNames)('%s, as far as it reads or writes', (name) => {
    const writing = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
    const [statement, ...others] = stack.statements(name).filter(({ Action }) => JSON.stringify(Action).includes('kms:'));

    expect(others).toEqual([]);
    expect(statement?.Resource).toEqual(keyArn);
    expect([statement?.Action].flat().toSorted()).toEqual(name === 'reader' ? reading : [...reading, ...writing].toSorted());
  });

  it('CloudWatch Logs, for log groups of this account and region', () => {
    const [partition, region, account] = ['Partition', 'Region', 'AccountId'].map((name) => ({ Ref: `AWS::${name}` }));
    const statement = key.Properties.KeyPolicy.Statement.find(({ Principal }: { Principal: object }) =>
      JSON.stringify(Principal).includes('logs.'),
    );

    expect(statement).toMatchObject({
      Effect: 'Allow',
      Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
      Resource: '*',
    });
    expect(statement.Condition.ArnLike['kms:EncryptionContext:aws:logs:arn']['Fn::Join'][1]).toEqual([
      ...['arn:', partition, ':logs:', region, ':', account, ':log-group:*'],
    ]);
  });

  it('EventBridge, for the bus of the stack', () => {
    const statement = key.Properties.KeyPolicy.Statement.find(
      ({ Principal }: { Principal: { Service?: string } }) => Principal.Service === 'events.amazonaws.com',
    );
    expect(statement.Action).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
  });
});

describe('with it', () => {
  it('what settling and announcing give up still reaches the queue, for which Lambda uses the key as they do', () => {
    for (const { Properties } of Object.values(stack.resources('AWS::Lambda::EventSourceMapping'))) {
      expect(Properties.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0]).toMatch(/^StreamFailures/);
    }
    // "AWS KMS permissions": "The producer must have kms:GenerateDataKey and kms:Decrypt" (Key management, Amazon SQS Developer Guide).
    for (const name of ['settle', 'announce'] as const) {
      const allowed = stack.statements(name).flatMap(({ Action }) => Action);
      expect(allowed).toEqual(expect.arrayContaining(['sqs:SendMessage', 'kms:GenerateDataKey', 'kms:Decrypt']));
    }
  });

  it('alarms still reach their topic, which keeps a key of its own that they may use', () => {
    const topicKey = stack.sole('AWS::SNS::Topic').Properties.KmsMasterKeyId['Fn::GetAtt'][0];
    const users = stack.resources('AWS::KMS::Key')[topicKey]?.Properties.KeyPolicy.Statement;

    expect(topicKey).not.toBe(keyId);
    expect(users).toContainEqual(expect.objectContaining({ Principal: { Service: 'cloudwatch.amazonaws.com' } }));
  });

  it('the schedule still wakes housekeeping, which may decrypt its own environment', () => {
    const [rule] = Object.values(stack.resources('AWS::Events::Rule'));
    const [functionId, lambda] = stack.lambda('housekeeping');

    expect(rule?.Properties.Targets[0].Arn).toEqual({ 'Fn::GetAtt': [functionId, 'Arn'] });
    expect(lambda.Properties.KmsKeyArn).toEqual(keyArn);
    expect(stack.statements('housekeeping').flatMap(({ Action }) => Action)).toContain('kms:Decrypt');
  });
});

test('without it there is none, and everything is encrypted with keys that AWS keeps', () => {
  const ordinary = new SynthesisedStack();

  expect(Object.keys(ordinary.resources('AWS::KMS::Key'))).toEqual([expect.stringMatching(/^MonitoringAlarmsKey/)]);
  expect(ordinary.sole('AWS::SQS::Queue').Properties).toMatchObject({ SqsManagedSseEnabled: true });
  for (const name of functionNames) expect(JSON.stringify(ordinary.statements(name))).not.toContain('kms:');
});
