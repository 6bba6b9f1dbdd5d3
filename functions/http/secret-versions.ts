import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Milliseconds one call may take, and how often it is tried: somebody waits for the answer. */
const requestTimeout = 1_500;
const maxAttempts = 2;

let client: SecretsManagerClient | undefined;

/**
 * The values of a secret that are in force, the present one first: while a secret is being rotated, its sign-on still uses the one
 * before, which Secrets Manager keeps as `AWSPREVIOUS` until the next rotation.
 *
 * @param id name or ARN of the secret
 */
export async function secretVersions(id: string): Promise<string[]> {
  const versions = await Promise.all([versionOf(id, 'AWSCURRENT'), versionOf(id, 'AWSPREVIOUS').catch(nothingIfNever)]);
  return versions.filter((value): value is string => value !== undefined && value !== '');
}

async function versionOf(SecretId: string, VersionStage: string): Promise<string | undefined> {
  client ??= new SecretsManagerClient({
    maxAttempts,
    requestHandler: { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true },
  });
  return (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
}

/** A secret that was never rotated has no previous version. */
function nothingIfNever(error: unknown): undefined {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}
