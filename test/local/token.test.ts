import { jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { signToken, siteSecret } from '../../local/token.ts';

test('a token carries who it is for, and is valid for a day', async () => {
  const token = await signToken({ sub: 'ada', name: 'Ada', roles: ['moderator'] }, 'secret-of-the-site');

  const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode('secret-of-the-site'));
  expect(protectedHeader.alg).toBe('HS256');
  expect(payload).toMatchObject({ sub: 'ada', name: 'Ada', roles: ['moderator'] });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(24 * 60 * 60);
});

test('the secret is the one of the environment, or the one of development', () => {
  expect(siteSecret({ UNDERSTORY_SITE_SECRET: 'own' })).toBe('own');
  expect(siteSecret({})).toBe('understory-local-development-secret');
});
