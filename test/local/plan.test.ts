import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAssembly } from '../../local/template/assembly.ts';
import { planStack } from '../../local/template/plan.ts';
import { type FixtureStack, writeAssembly } from './support/assembly.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-plan-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** What CDK writes for the whole value of a secret. */
const secret = (id: string, part = ':SecretString:::') => ({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: id }, `${part}}}`]] });
/** The policy of the role, with one statement. */
const policyOf = (actions: string[], resource: unknown, more: object = {}) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    ...{ PolicyName: 'Policy', Roles: [{ Ref: 'Role' }] },
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: resource, ...more }] },
  },
});
const secrets = { Site: { Type: 'AWS::SecretsManager::Secret' }, Signing: { Type: 'AWS::SecretsManager::Secret' } };
const stack: FixtureStack = {
  functions: { Notes1: { source: '', timeout: 7, environment: { SITE: secret('Site'), SIGNING: secret('Signing') } } },
  routes: { 'GET /notes/{id}': 'Notes1', $default: 'Notes1' },
  mapping: {
    functionId: 'Notes1',
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
    MaximumRecordAgeInSeconds: 60,
  },
  resources: secrets,
};
const plan = (changed: Partial<FixtureStack> = {}) =>
  planStack(readAssembly(writeAssembly(directory, { ...stack, ...changed })), (id) => `$& of ${id}`);

describe('a plan of a template', () => {
  test('tries an event again as often as the template says, and otherwise as Lambda does', () => {
    const config = (retries: object) => ({
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'Notes1' }, Qualifier: '$LATEST', ...retries },
    });
    const retriesWith = (resources: FixtureStack['resources']) =>
      plan({ resources: { ...secrets, ...resources } }).functions[0]?.eventRetries;

    expect(retriesWith({})).toBe(2);
    expect(retriesWith({ Once: config({ MaximumRetryAttempts: 0 }) })).toBe(0);
    expect(() => retriesWith({ Once: config({ DestinationConfig: {} }) })).toThrow('does not understand DestinationConfig');
  });

  test('names what runs, with every reference resolved', () => {
    const { functions, mappings, queues, api, tables } = plan();

    expect(tables).toMatchObject([{ name: 'Notes', StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }]);
    expect(functions).toMatchObject([
      {
        name: 'Notes1',
        timeoutSeconds: 7,
        directory: join(directory, 'asset.Notes1'),
        environment: { TABLE_NAME: 'Notes', SITE: '$& of Site', SIGNING: '$& of Signing' },
      },
    ]);
    expect(api.routes.map(({ key, functionName }) => [key, functionName])).toEqual([
      ['GET /notes/{id}', 'Notes1'],
      ['$default', 'Notes1'],
    ]);
    expect(queues).toEqual(['Failures']);
    expect(mappings).toMatchObject([
      {
        tableName: 'Notes',
        functionName: 'Notes1',
        failureQueue: 'Failures',
        maximumAgeMilliseconds: 60_000,
        maximumRetries: Infinity,
        batchSize: 100,
      },
    ]);
  });

  test('refuses a reference to a part or an earlier version of a secret', () => {
    const environment = { PASSWORD: secret('Site', ':SecretString:password::') };
    expect(() => plan({ functions: { Notes1: { source: '', environment } } })).toThrow('does not understand {{resolve:secretsmanager:');
  });

  test('refuses a resource type that would have to be ignored', () => {
    expect(() => plan({ resources: { ...secrets, Pipe: { Type: 'AWS::Pipes::Pipe' } } })).toThrow('cannot run Pipe (AWS::Pipes::Pipe)');
  });

  describe('of event buses', () => {
    const Bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'news', Description: 'What happens' } };
    const rule = (changes: object = {}) => ({
      Type: 'AWS::Events::Rule',
      Properties: {
        ...{ EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['test'] }, State: 'ENABLED' },
        Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Notes1', 'Arn'] } }],
        ...changes,
      },
    });

    test('knows which functions are told of which events, and that a disabled rule tells nobody', () => {
      const { buses, rules } = plan({ resources: { ...secrets, Bus, Rule: rule(), Off: rule({ State: 'DISABLED' }) } });
      const pattern = '{"source":["test"]}';

      expect(buses).toEqual(['news']);
      expect(rules).toEqual([
        { id: 'Rule', busName: 'news', pattern, functionNames: ['Notes1'] },
        { id: 'Off', busName: 'news', pattern, functionNames: [] },
      ]);
    });

    test('refuses a target that is no function, and one that is given something else than the event', () => {
      const Targets = [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Failures', 'Arn'] } }];
      expect(() => plan({ resources: { ...secrets, Bus, Rule: rule({ Targets }) } })).toThrow('does not understand the target arn:aws:sqs');
      const changed = [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Notes1', 'Arn'] }, InputPath: '$.detail' }];
      expect(() => plan({ resources: { ...secrets, Bus, Rule: rule({ Targets: changed }) } })).toThrow('InputPath');
    });

    const Clock = { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)', Targets: rule().Properties.Targets } };

    test('knows which functions go off by the clock, and how often', () => {
      const { rules, schedules } = plan({ resources: { ...secrets, Clock } });

      expect(rules).toEqual([]);
      expect(schedules).toEqual([{ id: 'Clock', everyMilliseconds: 300_000, functionNames: ['Notes1'] }]);
    });

    test.each([
      ['a schedule that is no rate', { ScheduleExpression: 'cron(0 10 * * ? *)' }, 'schedule cron(0 10 * * ? *)'],
      ['a rate of nothing', { ScheduleExpression: 'rate(0 minutes)' }, 'schedule rate(0 minutes)'],
      ['a pattern beside a schedule', { EventPattern: { source: ['x'] } }, 'a rule with a bus and a pattern, or with a schedule'],
    ])('does not guess at %s', (_, changes, message) => {
      const Rule = { ...Clock, Properties: { ...Clock.Properties, ...changes } };

      expect(() => plan({ resources: { ...secrets, Rule } })).toThrow(message);
    });
  });

  test('knows what the role of each function allows', () => {
    const [lambda] = plan().functions;
    expect(lambda?.role.name).toBe('Role');
    expect(lambda?.role.allowed[0]).toEqual({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: ['arn:aws:dynamodb:us-east-1:000000000000:table/Notes'],
    });
  });

  test.each([
    [
      'reading the stream',
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:ListStreams'],
      'GetShardIterator on arn:aws:dynamodb',
    ],
    [
      'handing on what failed',
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      'sqs:SendMessage',
    ],
  ])('refuses a mapping whose function’s role does not allow %s', (_, actions, missing) => {
    expect(() => plan({ resources: { ...secrets, Policy: policyOf(actions, { 'Fn::GetAtt': ['Notes', 'StreamArn'] }) } })).toThrow(missing);
  });

  test('refuses permissions that it would have to pass over', () => {
    const denying = policyOf(['dynamodb:GetItem'], '*', { Effect: 'Deny' });
    expect(() => plan({ resources: { ...secrets, Policy: denying } })).toThrow('Effect');
    const conditional = policyOf(['dynamodb:GetItem'], '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
    expect(() => plan({ resources: { ...secrets, Policy: conditional } })).toThrow('Condition');
    const Role = { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } };
    expect(() => plan({ resources: { ...secrets, Role } })).toThrow('ManagedPolicyArns');
  });

  test('refuses a property that would have to be ignored', () => {
    expect(() => plan({ mapping: { functionId: 'Notes1', TumblingWindowInSeconds: 5 } })).toThrow(
      'does not understand TumblingWindowInSeconds',
    );
    expect(() => plan({ mapping: { functionId: 'Notes1', FunctionResponseTypes: ['Other'] } })).toThrow('FunctionResponseTypes');
  });

  test('refuses a reference to what does not exist here', () => {
    const environment = { STAGE: { Ref: 'Stage' } };
    expect(() => plan({ functions: { Notes1: { source: '', environment } } })).toThrow('Stage (AWS::ApiGatewayV2::Stage) is asked for');
  });

  test('refuses a conditional resource', () => {
    const extra = { Type: 'AWS::SQS::Queue', Condition: 'Sometimes' };
    expect(() => plan({ resources: { ...secrets, Extra: extra } })).toThrow('condition Sometimes of Extra');
  });

  test('refuses an assembly with a second stack, such as the firewall of an edge, and names both', () => {
    writeAssembly(directory, stack);
    const file = join(directory, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    const [[name, artifact]] = Object.entries(manifest.artifacts).filter(([, each]) =>
      (each as { type: string }).type.endsWith(':stack'),
    ) as [[string, object]];
    writeFileSync(file, JSON.stringify({ ...manifest, artifacts: { ...manifest.artifacts, [`${name}-Firewall`]: artifact } }));

    expect(() => readAssembly(directory)).toThrow(`one stack, without an edge; ${directory} has 2: ${name}, ${name}-Firewall`);
  });

  test('refuses an assembly that is not there or broken', () => {
    expect(() => readAssembly(join(directory, 'none'))).toThrow('is not what a synthesis writes');
    writeAssembly(directory, stack);
    const file = join(directory, 'Fixture.template.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    expect(() => readAssembly(directory)).toThrow('Fixture.template.json');
  });
});
