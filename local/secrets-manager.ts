import * as z from 'zod';
import { type JsonService, refuse, startJsonService } from './json-service.ts';
import type { Guard } from './permissions/guard.ts';

/** `GetSecretValue`, AWS Secrets Manager API Reference. */
const getSecretValue = z.object({ SecretId: z.string(), VersionStage: z.enum(['AWSCURRENT', 'AWSPREVIOUS']).default('AWSCURRENT') });

/**
 * Starts a stand-in for Secrets Manager, which knows the one call that functions make.
 * @param read the value of a secret, by the last part of its ARN, or its name, and the stage; nothing where there is none
 * @param guard decides who may read which secret; without one everybody may
 */
export const startSecretsManager = (read: (name: string, stage: string) => string | undefined, guard?: Guard): Promise<JsonService> =>
  startJsonService('secretsmanager.GetSecretValue', (parameters, authorization) => {
    const asked = getSecretValue.safeParse(parameters);
    if (!asked.success) return refuse('InvalidParameterException', asked.error.message);
    const { SecretId, VersionStage } = asked.data;
    const refusal = guard?.(authorization, [{ action: 'secretsmanager:GetSecretValue', resource: SecretId }]);
    if (refusal !== undefined) return { status: 400, body: refusal };
    const name = SecretId.replace(/^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:/, '');
    const value = read(name, VersionStage);
    if (value === undefined) return refuse('ResourceNotFoundException', `There is no ${VersionStage} of the secret ${name}`);
    return { status: 200, body: { ARN: SecretId, Name: name, SecretString: value, VersionStages: [VersionStage] } };
  });
