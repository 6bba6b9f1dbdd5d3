import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { siteSecret } from './tokens.ts';

/** What the stack gives every function, set before a test file imports any of them; each file has a table of its own. */
Object.assign(process.env, {
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: inject('engineUrl'),
  TABLE_NAME: `test-${randomUUID()}`,
  SITE_SECRET: siteSecret,
  SIGNING_SECRET: 'a-secret-that-only-the-tests-and-their-checks-know',
  IDENTITY_PROVIDERS: '[]',
  ROLES_CLAIM: 'roles',
  AWS_LAMBDA_LOG_LEVEL: 'FATAL',
});
