import { afterEach, expect, it, vi } from 'vitest';
import { defaultProvider } from '#aws/lambda-credentials.ts';

afterEach(() => void vi.unstubAllEnvs());

it('credentials are read from the environment once', async () => {
  const find = defaultProvider();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'first');
  expect(await find()).toMatchObject({ accessKeyId: 'first' });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'second');
  expect(await find()).toMatchObject({ accessKeyId: 'first' });
  expect(await defaultProvider()()).toMatchObject({ accessKeyId: 'second' });
});

it('an environment without credentials is an error', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  await expect(defaultProvider()()).rejects.toThrow('Unable to find environment variable credentials');
});
