import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { secretVersions } from '#http/secret-versions.ts';
import type { JsonService } from '../../local/json-service.ts';
import { startSecretsManager } from '../../local/secrets-manager.ts';

const versions: Record<string, Record<string, string>> = {
  new: { AWSCURRENT: 'only' },
  rotated: { AWSCURRENT: 'second', AWSPREVIOUS: 'first' },
};
let service: JsonService;
beforeAll(async () => {
  service = await startSecretsManager((name, stage) => versions[name]?.[stage]);
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', service.url);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await service.close();
});

test('a secret that was rotated has its present and its previous value', async () => {
  expect(await secretVersions('rotated')).toEqual(['second', 'first']);
});

test('a secret that was never rotated has one, by its ARN too', async () => {
  expect(await secretVersions('arn:aws:secretsmanager:eu-central-1:123456789012:secret:new')).toEqual(['only']);
});

test('a secret that does not exist is an error, not an empty list that would refuse every token', async () => {
  await expect(secretVersions('absent')).rejects.toThrow('There is no AWSCURRENT of the secret absent');
});
