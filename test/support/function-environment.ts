import { localCredentials } from '../../local/engine/credentials.ts';

/** What the stack gives every function, for functions that run in this process. */
export const functionEnvironment = (engineUrl: string, secretsUrl: string, tableName: string): Record<string, string> => ({
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: engineUrl,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
  TABLE_NAME: tableName,
  SITE_SECRET_ID: 'site-secret',
  SIGNING_SECRET: 'a-secret-that-only-the-tests-and-their-checks-know',
  IDENTITY_PROVIDERS: '[]',
  ROLES_CLAIM: 'roles',
  AWS_LAMBDA_LOG_LEVEL: 'FATAL',
});
