import { localCredentials } from '../engine/credentials.ts';
import { accessKeyOf } from '../permissions/guard.ts';
import type { FunctionPlan } from '../template/functions.ts';

/** Where a function runs: what stands for the services that it calls. */
export interface Surroundings {
  readonly region: string;
  readonly storeUrl: string;
  readonly eventsUrl: string;
  readonly secretsUrl: string;
}

/**
 * All that a function finds in its environment: what the template gives it and what Lambda sets ("Defined runtime environment variables",
 * AWS Lambda Developer Guide). Nothing of the host's own gets in, least of all its AWS account.
 */
export function functionEnvironment(plan: FunctionPlan, surroundings: Surroundings): Record<string, string> {
  const { region, storeUrl, eventsUrl, secretsUrl } = surroundings;
  return {
    ...plan.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${plan.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_ACCESS_KEY_ID: accessKeyOf(plan),
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: plan.directory,
    _HANDLER: plan.handler,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_ENDPOINT_URL_DYNAMODB: storeUrl,
    AWS_ENDPOINT_URL_EVENTBRIDGE: eventsUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
    // The SDK would otherwise read the profile of whoever runs this, and look for the credentials of a cloud machine.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
