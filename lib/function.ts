import { join } from 'node:path';
import { type Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { FunctionName } from './function-names.ts';
import { removalPolicy } from './removal-policy.ts';

export interface UnderstoryFunctionProps {
  readonly name: FunctionName;
  readonly configuration: Configuration;
  /** Holds one folder per function, each with `index.mjs`. */
  readonly codeDirectory: string;
  /** Lambda gives processor time in proportion to memory; in MB. */
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** What the function may do besides writing its own log. */
  readonly statements: readonly PolicyStatement[];
  /** Encrypts its log and its environment; by default keys that AWS keeps. */
  readonly key?: IKey | undefined;
}

/** Owns what every function has in common, so that none can forget its log's retention or borrow another's permissions. */
export class UnderstoryFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: UnderstoryFunctionProps) {
    super(scope, id);
    const { configuration, key } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: configuration.logRetentionDays,
      removalPolicy: removalPolicy(configuration),
      ...(key && { encryptionKey: key }),
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    // Lambda names the streams itself. The ARN that CloudFormation returns for a log group covers its streams and nothing else.
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    );
    for (const statement of props.statements) this.role.addToPolicy(statement);

    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Understory ${props.name} (${configuration.stage})`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(props.codeDirectory, props.name), { exclude: ['*.map'] }),
      handler: 'index.handler',
      memorySize: props.memorySize,
      timeout: props.timeout,
      environment: { ...props.environment },
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      ...(key && { environmentEncryption: key }),
    });
    Validations.of(this.lambda).acknowledge({
      id: 'Serverless-LambdaTracing',
      reason: 'Traces would hold who asked for what. The log has a line for each request, with its duration, calls and request units.',
    });
  }
}
