import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { ConfigurationError, loadConfiguration, parseConfiguration } from '../../lib/configuration.ts';

const minimal = { stage: 'production', allowedOrigins: ['https://www.example.com'], identity: {} };
const provider = { issuer: 'https://id.example.com/', audience: 'comments', jwksUri: 'https://id.example.com/jwks' };

test('what is left out has a safe default', () => {
  expect(parseConfiguration(minimal)).toEqual({
    ...minimal,
    identity: { siteSecret: true, providers: [], rolesClaim: 'roles' },
    logRetentionDays: 30,
    removalProtection: true,
    throttle: { ratePerSecond: 1000, burst: 2000 },
    alarms: { heldMinutes: 240 },
  });
});

test.each(readdirSync('config'))('config/%s can be used', (file) => {
  expect(() => loadConfiguration(`config/${file}`)).not.toThrow();
});

describe('a mistake is named by its path', () => {
  it.each([
    ['stage', { ...minimal, stage: 'no spaces' }],
    ['stage', { ...minimal, stage: undefined }],
    ['allowedOrigins', { ...minimal, allowedOrigins: [] }],
    ['allowedOrigins[1]', { ...minimal, allowedOrigins: ['*', 'https://www.example.com/'] }],
    ['allowedOrigins[0]', { ...minimal, allowedOrigins: ['www.example.com'] }],
    ['identity', { ...minimal, identity: { siteSecret: false } }],
    ['identity.siteSecret', { ...minimal, identity: { siteSecret: 'yes' } }],
    ['identity.providers[0].issuer', { ...minimal, identity: { providers: [{ ...provider, issuer: 'id.example.com' }] } }],
    ['identity.providers[0].jwksUri', { ...minimal, identity: { providers: [{ ...provider, jwksUri: 'http://id.example.com/jwks' }] } }],
    ['identity.providers[1].audience', { ...minimal, identity: { providers: [provider, { ...provider, audience: '' }] } }],
    ['identity.providers[0].keys', { ...minimal, identity: { providers: [{ ...provider, keys: [] }] } }],
    ['logRetentionDays', { ...minimal, logRetentionDays: 31 }],
    ['removalProtection', { ...minimal, removalProtection: 'off' }],
    ['throttle.burst', { ...minimal, throttle: { ratePerSecond: 10, burst: 1.5 } }],
    ['alarms', { ...minimal, alarms: true }],
    ['alarms.email', { ...minimal, alarms: { email: 'desk' } }],
    ['alarms.heldMinutes', { ...minimal, alarms: { heldMinutes: 0 } }],
    ['alarms.phone', { ...minimal, alarms: { phone: '1' } }],
    ['tags', { ...minimal, tags: {} }],
  ])('%s', (path, document) => {
    const lines = mistakes(document);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${path.replace(/[[\].]/g, '\\$&')}: .`));
  });

  it('and all of them at once', () => {
    expect(mistakes({ ...minimal, stage: '', tags: {}, identity: { secret: true } }).map((line) => line.split(':')[0]!)).toEqual([
      'stage',
      'identity.secret',
      'tags',
    ]);
  });
});

test('a file that is missing or not JSON is named', () => {
  expect(() => loadConfiguration('config/absent.json')).toThrow('config/absent.json cannot be read as JSON');
  expect(() => loadConfiguration('README.md')).toThrow(ConfigurationError);
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
