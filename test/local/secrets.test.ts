import { expect, test } from 'vitest';
import { secretOf, signingSecret } from '../../local/secrets.ts';
import { siteSecret } from '../../local/token.ts';
import { SynthesisedStack } from '../stack/synthesise.ts';

test('every secret of the stack has its own value on the laptop', () => {
  const ids = Object.keys(new SynthesisedStack().resources('AWS::SecretsManager::Secret'));

  expect(ids.map(secretOf).toSorted()).toEqual([signingSecret(), siteSecret()].toSorted());
});

test('a secret that nobody has given a value is refused', () => {
  expect(() => secretOf('Other0123ABCD')).toThrow('no value for the secret Other0123ABCD');
});

test('the signing secret is the one of the environment, or the one of development', () => {
  expect(signingSecret({ UNDERSTORY_SIGNING_SECRET: 'own' })).toBe('own');
  expect(signingSecret({})).toBe('understory-local-signing-secret');
});
