import type { JsonService } from '../../local/json-service.ts';
import { startSecretsManager } from '../../local/secrets-manager.ts';
import { siteSecret } from './tokens.ts';

/** Starts a Secrets Manager whose every secret is the one that tokens are signed with. */
export const startSecrets = (): Promise<JsonService> =>
  startSecretsManager((_, stage) => (stage === 'AWSCURRENT' ? siteSecret : undefined));
