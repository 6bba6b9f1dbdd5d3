import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { functionNames } from '../../lib/function-names.ts';
import { configure, SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack(configure({ logRetentionDays: 14 }));

const environment = (name: (typeof functionNames)[number], of = stack) => of.lambda(name)[1].Properties.Environment.Variables;

describe.each(functionNames)('%s', (name) => {
  const { Properties } = stack.lambda(name)[1];

  it('runs on Node 24 and arm64, with a size of its own, and stops before a caller would have', () => {
    expect(Properties.Runtime).toBe('nodejs24.x');
    expect(Properties.Architectures).toEqual(['arm64']);
    expect(Properties.Handler).toBe('index.handler');
    expect(Properties.MemorySize).toBe(name === 'settle' ? 1024 : 512);
    expect(Properties.Timeout).toBe({ settle: 60, announce: 300, housekeeping: 60 }[name as string] ?? 10);
  });

  it('leaves no trace of requests with X-Ray', () => {
    expect(Properties.TracingConfig).toBeUndefined();
  });

  it('writes JSON to a log group that is its own and forgets', () => {
    const logId = Properties.LoggingConfig.LogGroup.Ref;
    const sharers = functionNames.filter((other) => stack.lambda(other)[1].Properties.LoggingConfig.LogGroup.Ref === logId);

    expect(Properties.LoggingConfig.LogFormat).toBe('JSON');
    expect(stack.resources('AWS::Logs::LogGroup')[logId]?.Properties.RetentionInDays).toBe(14);
    expect(sharers).toEqual([name]);
  });

  it('is not traced, which would be in the way of every request', () => {
    expect(Properties.TracingConfig).toBeUndefined();
  });

  it('keeps its metrics apart from those of other stages and sites', () => {
    const sports = new SynthesisedStack(configure({ site: 'sports' }));

    expect(environment(name).METRICS_NAMESPACE).toBe('Understory-test');
    expect(environment(name, sports).METRICS_NAMESPACE).toBe('Understory-sports-test');
  });

  it('knows the bus, if it announces, and no other function does', () => {
    const known = name === 'announce' ? { Ref: expect.stringMatching(/^EventsBus/) } : undefined;
    expect(environment(name).EVENT_BUS_NAME).toEqual(known);
  });

  it('knows the table, if it may do anything with it', () => {
    const known = name === 'announce' ? undefined : { Ref: expect.stringMatching(/^CommentsTable/) };
    expect(environment(name).TABLE_NAME).toEqual(known);
  });
});

test('each function has code of its own, without the source map', () => {
  expect(new Set(stack.assetDirectories).size).toBe(functionNames.length);
  for (const directory of stack.assetDirectories) expect(readdirSync(directory)).toEqual(['index.mjs']);
});

/** Expects a variable to be CloudFormation's own reference to a secret that the stack generates and keeps. */
function expectGenerated(variable: unknown, logicalId: RegExp): void {
  const [secretId, secret] = Object.entries(stack.resources('AWS::SecretsManager::Secret')).find(([id]) => logicalId.test(id))!;
  expect(secret.Properties.GenerateSecretString.PasswordLength).toBe(64);
  expect(secret.DeletionPolicy).toBe('Retain');
  expect(variable).toEqual({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secretId }, ':SecretString:::}}']] });
}

describe('the signing secret', () => {
  it('is kept out of the template too', () => {
    expectGenerated(environment('settle').SIGNING_SECRET, /^SigningSecret/);
  });

  it('is settling’s alone, which asks the checks', () => {
    expect(functionNames.filter((name) => 'SIGNING_SECRET' in environment(name))).toEqual(['settle']);
  });
});

describe('identity', () => {
  it.each(['member', 'publisher', 'moderator'] as const)('is known to %s', (name) => {
    expect(JSON.parse(environment(name).IDENTITY_PROVIDERS)).toEqual([
      { issuer: 'https://id.example.com/', audience: 'comments', jwksUri: 'https://id.example.com/jwks' },
    ]);
    expect(environment(name).ROLES_CLAIM).toBe('roles');
  });

  it.each(['member', 'publisher', 'moderator'] as const)('lets %s read the site secret while it runs, and no other secret', (name) => {
    const [secretId, secret] = Object.entries(stack.resources('AWS::SecretsManager::Secret')).find(([id]) =>
      /^IdentitySiteSecret/.test(id),
    )!;

    expect(secret.Properties.GenerateSecretString.PasswordLength).toBe(64);
    expect(secret.DeletionPolicy).toBe('Retain');
    expect(environment(name).SITE_SECRET_ID).toEqual({ 'Fn::GetAtt': [secretId, 'Id'] });
    expect(stack.statements(name).filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager'))).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { 'Fn::GetAtt': [secretId, 'Id'] } },
    ]);
  });

  it.each(['reader', 'settle', 'announce'] as const)('is withheld from %s, which never sees a token', (name) => {
    expect(environment(name)).not.toHaveProperty('SITE_SECRET_ID');
    expect(environment(name)).not.toHaveProperty('IDENTITY_PROVIDERS');
    expect(stack.statements(name).flatMap(({ Action }) => Action)).not.toContain('secretsmanager:GetSecretValue');
  });

  it('uses a secret that exists already, with the key that it is encrypted with, and makes none', () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:sign-on/site-AbC123';
    const keyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0c5c3b7e-1f7c-4b52-9a4e-0a6d6a2f1c11';
    const existing = new SynthesisedStack(configure({ identity: { siteSecret: { arn, keyArn } } }));

    expect(environment('member', existing).SITE_SECRET_ID).toBe(arn);
    expect(existing.statements('member')).toEqual(
      expect.arrayContaining([
        { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arn },
        { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
      ]),
    );
    expect(Object.keys(existing.resources('AWS::SecretsManager::Secret'))).toEqual([expect.stringMatching(/^SigningSecret/)]);
  });

  it('makes no secret for a site that signs its members in elsewhere', () => {
    const providers = [{ issuer: 'https://id.example.com', audience: 'comments', jwksUri: 'https://id.example.com/jwks' }];
    const elsewhere = new SynthesisedStack(configure({ identity: { siteSecret: false, providers } }));

    expect(Object.keys(elsewhere.resources('AWS::SecretsManager::Secret'))).toEqual([expect.stringMatching(/^SigningSecret/)]);
    expect(environment('member', elsewhere)).not.toHaveProperty('SITE_SECRET_ID');
  });
});
