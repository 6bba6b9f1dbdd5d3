import { readdirSync, readFileSync } from 'node:fs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it, test } from 'vitest';
import type * as z from 'zod';
import { ConfigurationError, configurationFields, loadConfiguration, parseConfiguration, stackName } from '../../lib/configuration.ts';

const minimal = { stage: 'production', region: 'eu-central-1', allowedOrigins: ['https://www.example.com'], identity: {} };
const provider = { issuer: 'https://id.example.com/', audience: 'comments', jwksUri: 'https://id.example.com/jwks' };
const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:site-AbC123';
const domain = {
  name: 'comments.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0c5c3b7e-1f7c-4b52-9a4e-0a6d6a2f1c11',
};

test('what is left out has a safe default', () => {
  expect(parseConfiguration(minimal)).toEqual({
    ...minimal,
    identity: { siteSecret: true, providers: [], rolesClaim: 'roles' },
    edge: { enabled: true, requestsPerFiveMinutes: 2000, originSecret: 1 },
    customerManagedKey: false,
    logRetentionDays: 30,
    removalProtection: true,
    throttle: { ratePerSecond: 1000, burst: 2000 },
    alarms: { heldMinutes: 240 },
  });
});

test('of the throttle one field may be left out', () => {
  expect(parseConfiguration({ ...minimal, throttle: { burst: 50 } }).throttle).toEqual({ ratePerSecond: 1000, burst: 50 });
  expect(parseConfiguration({ ...minimal, throttle: { ratePerSecond: 50 } }).throttle).toEqual({ ratePerSecond: 50, burst: 2000 });
});

test.each(readdirSync('config'))('config/%s can be used', (file) => {
  expect(() => loadConfiguration(`config/${file}`)).not.toThrow();
});

describe('a mistake is named by its path', () => {
  it.each([
    ['stage', { ...minimal, stage: 'no spaces' }],
    ['stage', { ...minimal, stage: undefined }],
    ['stage', { ...minimal, stage: 'with-hyphen' }],
    ['stage', { ...minimal, stage: 's'.repeat(33) }],
    ['site', { ...minimal, site: 'the news' }],
    ['region', { ...minimal, region: 'Frankfurt' }],
    ['region', { ...minimal, region: undefined }],
    ['domain', { ...minimal, edge: { enabled: false }, domain }],
    ['domain.name', { ...minimal, domain: { ...domain, name: 'https://comments.example.com' } }],
    [
      'domain.certificateArn',
      { ...minimal, domain: { ...domain, certificateArn: domain.certificateArn.replace('us-east-1', 'eu-central-1') } },
    ],
    ['domain.hostedZone.id', { ...minimal, domain: { ...domain, hostedZone: { id: 'example.com', name: 'example.com' } } }],
    ['edge.requestsPerFiveMinutes', { ...minimal, edge: { requestsPerFiveMinutes: 9 } }],
    ['edge.requestsPerFiveMinutes', { ...minimal, edge: { requestsPerFiveMinutes: 2_000_000_001 } }],
    ['edge.originSecret', { ...minimal, edge: { originSecret: 0 } }],
    ['edge.originSecret', { ...minimal, edge: { originSecret: 10_000 } }],
    ['edge.waf', { ...minimal, edge: { waf: true } }],
    ['customerManagedKey', { ...minimal, customerManagedKey: 'alias/news' }],
    ['allowedOrigins', { ...minimal, allowedOrigins: [] }],
    ['allowedOrigins[1]', { ...minimal, allowedOrigins: ['*', 'https://www.example.com/'] }],
    ['allowedOrigins[0]', { ...minimal, allowedOrigins: ['www.example.com'] }],
    ['identity', { ...minimal, identity: { siteSecret: false } }],
    ['identity.siteSecret', { ...minimal, identity: { siteSecret: 'yes' } }],
    ['identity.siteSecret.arn', { ...minimal, identity: { siteSecret: { arn: 'site-secret' } } }],
    ['identity.siteSecret.keyArn', { ...minimal, identity: { siteSecret: { arn: secretArn, keyArn: 'alias/news' } } }],
    ['identity.siteSecret', { ...minimal, identity: { siteSecret: {} } }],
    ['identity.rolesClaim', { ...minimal, identity: { rolesClaim: '' } }],
    ['identity.providers[0].issuer', { ...minimal, identity: { providers: [{ ...provider, issuer: 'id.example.com' }] } }],
    ['identity.providers[0].issuer', { ...minimal, identity: { providers: [{ ...provider, issuer: 'https://' }] } }],
    ['identity.providers[0].jwksUri', { ...minimal, identity: { providers: [{ ...provider, jwksUri: 'http://id.example.com/jwks' }] } }],
    ['identity.providers[1].audience', { ...minimal, identity: { providers: [provider, { ...provider, audience: '' }] } }],
    ['identity.providers[0].keys', { ...minimal, identity: { providers: [{ ...provider, keys: [] }] } }],
    ['logRetentionDays', { ...minimal, logRetentionDays: 31 }],
    ['removalProtection', { ...minimal, removalProtection: 'off' }],
    ['throttle.ratePerSecond', { ...minimal, throttle: { ratePerSecond: 0, burst: 1 } }],
    ['throttle.burst', { ...minimal, throttle: { ratePerSecond: 10, burst: 1.5 } }],
    ['throttle.burst', { ...minimal, throttle: { ratePerSecond: 10, burst: 0 } }],
    ['alarms', { ...minimal, alarms: true }],
    ['alarms.email', { ...minimal, alarms: { email: 'desk' } }],
    ['alarms.heldMinutes', { ...minimal, alarms: { heldMinutes: 0 } }],
    ['alarms.phone', { ...minimal, alarms: { phone: '1' } }],
    ['tags', { ...minimal, tags: {} }],
    ['configuration', 'production'],
  ])('%s', (path, document) => {
    const lines = mistakes(document);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${path.replace(/[[\].]/g, '\\$&')}: .`));
    // What must be there instead is said in words, not by a pattern.
    expect(lines[0]).not.toMatch(/must match pattern|: Invalid input$/);
  });

  it('and all of them at once', () => {
    expect(mistakes({ ...minimal, stage: '', tags: {}, identity: { secret: true } }).map((line) => line.split(':')[0]!)).toEqual([
      'stage',
      'identity.secret',
      'tags',
    ]);
  });
});

test('without an edge, the command line may say in which region the stack is', () => {
  expect(parseConfiguration({ ...minimal, region: undefined, edge: { enabled: false } }).region).toBeUndefined();
});

test('logs may be kept for as long as CloudWatch keeps any, but not for ever', () => {
  const days = Object.values(RetentionDays).filter((value) => typeof value === 'number');

  expect(days.filter((logRetentionDays) => mistakes({ ...minimal, logRetentionDays }).length > 0)).toEqual([RetentionDays.INFINITE]);
});

test('site and stage together name the stack, and no two pairs alike', () => {
  expect(stackName({ stage: 'production' })).toBe('Understory-production');
  expect(stackName({ site: 'sports', stage: 'production' })).toBe('Understory-sports-production');
});

describe('docs/configuration.md', () => {
  const rows = readFileSync('docs/configuration.md', 'utf8').matchAll(/^\| `([\w.[\]]+)` \|/gm);
  const documented = [...rows].map(([, field]) => field!);

  it('has a row for every field, and for nothing else', () => {
    expect(documented.toSorted()).toEqual(fieldsOf(configurationFields).toSorted());
  });
});

/** The paths of all fields, those of the elements of a list with `[]`. */
function fieldsOf(schema: z.core.$ZodType, path = ''): string[] {
  const { def } = schema._zod;
  const inner = def as { innerType?: z.core.$ZodType; element?: z.core.$ZodType; options?: z.core.$ZodType[]; shape?: z.core.$ZodShape };
  if (inner.innerType) return fieldsOf(inner.innerType, path);
  const shape = Object.entries(inner.shape ?? {}).flatMap(([name, field]) => fieldsOf(field, path ? `${path}.${name}` : name));
  const nested = [
    ...shape,
    ...(inner.element ? fieldsOf(inner.element, `${path}[]`) : []),
    ...(inner.options ?? []).flatMap((option) => fieldsOf(option, path)),
  ].filter((field) => field !== path && field !== `${path}[]`);
  return path === '' || inner.shape ? nested : [path, ...nested];
}

test('a file that is missing or not JSON is named', () => {
  expect(() => loadConfiguration('config/absent.json')).toThrow('config/absent.json cannot be read as JSON');
  expect(() => loadConfiguration('README.md')).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', cause: expect.any(SyntaxError) }),
  );
});

test('so is one that is no configuration', () => {
  expect(() => loadConfiguration('package.json')).toThrow(/^package\.json cannot be used:/);
});

test('keys may be fetched over plain HTTP from the same machine', () => {
  const loopback = { ...provider, jwksUri: 'http://127.0.0.1:4000/jwks' };

  expect(parseConfiguration({ ...minimal, identity: { providers: [loopback] } }).identity.providers).toEqual([loopback]);
});

/** The lines of the error, without the first, which says what cannot be used. */
function mistakes(document: unknown): string[] {
  try {
    parseConfiguration(document);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}
