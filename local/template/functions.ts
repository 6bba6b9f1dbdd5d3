import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { Assembly } from './assembly.ts';
import type { Reading } from './properties.ts';
import type { RolePlan, RoleSource } from './roles.ts';

/** `AWS::Lambda::Function`, AWS CloudFormation User Guide. The defaults are Lambda's own. */
export const functionReading = {
  matters: z.object({
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Handler: z.string(),
    Role: z.string(),
    Runtime: z.string().regex(/^nodejs/, 'only Node.js runtimes'),
    MemorySize: z.number().default(128),
    Timeout: z.number().default(3),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
    PackageType: z.literal('Zip').default('Zip'),
  }),
  withoutEffect: [
    'FunctionName',
    'Description',
    'Architectures',
    'LoggingConfig',
    'TracingConfig',
    'ReservedConcurrentExecutions',
    'RecursiveLoop',
    'RuntimeManagementConfig',
    'EphemeralStorage',
    'KmsKeyArn',
    'Tags',
  ],
} satisfies Reading<z.ZodObject>;

/** "Lambda retries the function twice" ("How Lambda handles errors and retries with asynchronous invocation"), where nothing says otherwise. */
const usualRetries = 2;

/** `AWS::Lambda::EventInvokeConfig`, AWS CloudFormation User Guide: how often a function is called with an event that nobody waits for. */
export const eventInvokeReading = {
  matters: z.object({
    FunctionName: z.string(),
    Qualifier: z.literal('$LATEST'),
    MaximumRetryAttempts: z.int().min(0).max(2).default(usualRetries),
  }),
  withoutEffect: [],
} satisfies Reading<z.ZodObject>;

/** A function that the template declares. */
export interface FunctionPlan {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly role: RolePlan;
  /** The unpacked archive that a deployment would upload. */
  readonly directory: string;
  /** `<file without extension>.<exported name>`. */
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Times that an event which nobody waits for is tried again. */
  readonly eventRetries: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Secrets Manager's dynamic reference ("Get a secret or secret value from Secrets Manager", AWS CloudFormation User Guide). */
const secretReference = /\{\{resolve:secretsmanager:([^}]*)\}\}/g;
/** The whole value of a secret, by its ARN, in its current version. */
const wholeSecret = /^arn:[^:]+:secretsmanager:[^:]+:[^:]+:secret:([^:]+):SecretString:::$/;

/** Gives the value of the secret with this logical id. */
export type SecretSource = (logicalId: string) => string;

type EventInvoke = z.output<typeof eventInvokeReading.matters>;

/** Completes a function: finds its code among the assets and its role, and puts secrets where the template refers to them. */
export function planFunction(
  logicalId: string,
  names: Pick<FunctionPlan, 'name' | 'arn'>,
  properties: z.output<typeof functionReading.matters>,
  assembly: Assembly,
  { secretOf, roleOf, invokeConfigs }: { secretOf: SecretSource; roleOf: RoleSource; invokeConfigs: readonly EventInvoke[] },
): FunctionPlan {
  const directory = assembly.assets.get(properties.Code.S3Key);
  if (directory === undefined) throw new Problem(`The code of ${logicalId} is not among the assets of the synthesis`);
  const variables = Object.entries(properties.Environment.Variables);
  return {
    logicalId,
    ...names,
    role: roleOf(properties.Role),
    directory,
    handler: properties.Handler,
    memoryMegabytes: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    eventRetries: invokeConfigs.find(({ FunctionName }) => FunctionName === names.name)?.MaximumRetryAttempts ?? usualRetries,
    environment: Object.fromEntries(variables.map(([name, value]) => [name, insertSecrets(value, secretOf)])),
  };
}

function insertSecrets(value: string, secretOf: SecretSource): string {
  return value.replace(secretReference, (whole, reference: string) => {
    const secretId = wholeSecret.exec(reference)?.[1];
    if (secretId === undefined) throw new Problem(`The laptop does not understand ${whole}`);
    return secretOf(secretId);
  });
}
