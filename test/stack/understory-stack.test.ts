import { join } from 'node:path';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { createApp } from '../../lib/app.ts';
import { functionNames } from '../../lib/function-names.ts';
import { deployments } from './deployments.ts';
import { codeDirectory, configure, type Resource, SynthesisedStack, withEdge } from './synthesise.ts';

const stack = new SynthesisedStack();

test('the stack is named for its stage, and its site where an account has several', () => {
  expect(stack.name).toBe('Understory-test');
  expect(new SynthesisedStack(configure({ site: 'sports' })).name).toBe('Understory-sports-test');
});

/**
 * What holds data that nothing else holds, by logical id. CloudFormation knows a resource by this id alone: another one means a new,
 * empty resource, and what is kept stays behind in one that nobody reads any more. An id follows from the names of the constructs around it.
 */
test.each([
  ['CommentsTable3900662D', 'AWS::DynamoDB::Table', 'articles, comments and members'],
  ['StreamFailures2F4A8761', 'AWS::SQS::Queue', 'changes that are still to be replayed'],
  ['IdentitySiteSecretAF136016', 'AWS::SecretsManager::Secret', 'the secret that the site’s sign-on holds too'],
  ['SigningSecretB5CF4F25', 'AWS::SecretsManager::Secret', 'the secret that the site’s services hold too'],
  ['EventsBus45DE4339', 'AWS::Events::EventBus', 'the bus that rules of other stacks name'],
  ['DataKey17AFBB84', 'AWS::KMS::Key', 'the key without which nothing of it can be read'],
  ['HttpApi4E1D4184', 'AWS::ApiGatewayV2::Api', 'the address of the API where there is no edge'],
  ['EdgeDistribution0060737B', 'AWS::CloudFront::Distribution', 'the address of the edge where there is no domain'],
])('%s (%s) keeps its logical id: %s', (logicalId, type) => {
  const everything = new SynthesisedStack(configure(deployments.find(({ name }) => name === 'everything at once')!.changes));

  const alone = new SynthesisedStack(configure({ alarms: false }));

  for (const each of [everything, alone]) {
    const ids = Object.keys(each.resources(type));
    if (ids.length > 0) expect(ids).toContain(logicalId);
  }
  expect(Object.keys(everything.resources(type))).toContain(logicalId);
});

/** What is worth nothing once its resource is gone: the secrets of the edge, and the key of a topic, which keeps nothing. */
const holdsNothing = /^(EdgeSecrets|MonitoringAlarmsKey)/;

/** By type, so that one that is added is asked about as well. */
test('whatever holds data outlives the stack and its own replacement, save in a stage that is thrown away', () => {
  const everything = new SynthesisedStack(configure({ ...withEdge, customerManagedKey: true }));
  const thrownAway = new SynthesisedStack(configure({ ...withEdge, customerManagedKey: true, removalProtection: false }));
  const holding = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'];

  for (const type of holding) {
    const kept = Object.entries(everything.resources(type)).filter(([id]) => !holdsNothing.test(id));
    expect(kept.length).toBeGreaterThan(0);
    for (const [, resource] of kept) expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    for (const resource of Object.values(thrownAway.resources(type))) expect(resource.DeletionPolicy).toBe('Delete');
  }
});

test('every secret is 64 letters and digits, which a header carries as they are', () => {
  const secrets = Object.values(new SynthesisedStack(configure(withEdge)).resources('AWS::SecretsManager::Secret'));

  expect(secrets).toHaveLength(3);
  for (const { Properties } of secrets) expect(Properties.GenerateSecretString).toEqual({ PasswordLength: 64, ExcludePunctuation: true });
});

test('every log group forgets', () => {
  const groups = Object.values(new SynthesisedStack(configure({ logRetentionDays: 7 })).resources('AWS::Logs::LogGroup'));

  expect(groups.length).toBeGreaterThan(functionNames.length);
  for (const { Properties } of groups) expect(Properties.RetentionInDays).toBe(7);
});

describe('the command line', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  /** The names of the stacks of an app that is made with what the command line hands over. */
  const stacksWith = (context: object) => {
    vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify(context));
    const app = createApp({ codeDirectory, outdir: join(codeDirectory, 'command-line'), validate: false });
    return app.node.children.map(({ node }) => node.id);
  };

  it('deploys production, or what the file says that it names', () => {
    expect(stacksWith({})).toContain('Understory-production');
    expect(stacksWith({ config: 'config/emulator.json' })).toContain('Understory-emulator');
  });

  it('adds nothing that tells AWS what the stack is made of', () => {
    vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify({ 'aws:cdk:version-reporting': true }));

    expect(new SynthesisedStack().resources('AWS::CDK::Metadata')).toEqual({});
  });
});

test('the stack cannot be deleted by mistake, unless it is a stage to throw away', () => {
  expect(stack.terminationProtection).toBe(true);
  expect(new SynthesisedStack(configure({ removalProtection: false })).terminationProtection).toBe(false);
  expect(new SynthesisedStack(configure(withEdge)).firewallTerminationProtection).toBe(true);
});

test('it tells where the API, the table, the failures, the events and the secrets are', () => {
  const outputs: Record<string, { Value: unknown }> = stack.template.toJSON().Outputs;

  expect(JSON.stringify(outputs.ApiUrl?.Value)).toMatch(/https:\/\/.*execute-api/);
  expect(outputs.TableName?.Value).toEqual({ Ref: expect.stringMatching(/^CommentsTable/) });
  expect(outputs.FailureQueueUrl?.Value).toEqual({ Ref: expect.stringMatching(/^StreamFailures/) });
  expect(outputs.SiteSecretArn?.Value).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^IdentitySiteSecret/), 'Id'] });
  expect(outputs.EventBusName?.Value).toEqual({ Ref: expect.stringMatching(/^EventsBus/) });
  for (const name of ['DistributionId', 'EdgeDomain']) expect(outputs).not.toHaveProperty(name);
  expect(outputs.SigningSecretArn?.Value).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SigningSecret/), 'Id'] });
});

/** A stage is part of its API, an inline policy of its role. */
const labels = ['$default'];

test('nothing has a fixed physical name, so that several sites and stages fit into one account', () => {
  const namesOf = (site: string) => {
    const { template } = new SynthesisedStack(configure({ ...withEdge, customerManagedKey: true, site }));
    return Object.values(template.toJSON().Resources as Record<string, Resource>)
      .filter(({ Type }) => Type !== 'AWS::IAM::Policy')
      .flatMap(({ Type, Properties = {} }) => {
        const settings = { ...Properties, ...Properties.CachePolicyConfig, ...Properties.ResponseHeadersPolicyConfig };
        return [settings.Name, settings[`${Type.split('::')[2]}Name`]];
      })
      .filter((name): name is string => typeof name === 'string')
      .filter((name) => !labels.includes(name));
  };

  const names = namesOf('news');
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toMatch(/^Understory-?news-?test/);
  for (const name of namesOf('sports')) expect(name).toMatch(/^Understory-?sports-?test/);
});

test('without a region of its own it is bound to no account and no region', () => {
  expect(JSON.stringify(stack.template.toJSON())).not.toMatch(/\b\d{12}\b|(us|eu|ap)-[a-z]+-\d/);
});
