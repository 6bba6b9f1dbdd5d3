import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { TableGrant } from './grants.ts';
import { removalPolicy } from './removal-policy.ts';

/** The key of the newsroom's own that everything is encrypted with, where the configuration asks for one. */
export function makeDataKey(scope: Construct, configuration: Configuration): Key | undefined {
  if (!configuration.customerManagedKey) return undefined;
  const key = new Key(scope, 'DataKey', {
    description: `Encrypts what Understory keeps (${configuration.stage})`,
    enableKeyRotation: true,
    removalPolicy: removalPolicy(configuration),
  });
  allowLogs(key);
  return key;
}

/** CloudWatch Logs uses the key itself ("Encrypt log data in CloudWatch Logs using AWS KMS", CloudWatch Logs User Guide). */
function allowLogs(key: Key): void {
  const stack = Stack.of(key);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
  );
}

const reading = ['kms:Decrypt', 'kms:DescribeKey'];
const writing = [...reading, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const isReading = (action: string) => /^dynamodb:(BatchGet|Get|Query)/.test(action);

/**
 * What a function needs of the key: DynamoDB, SQS, EventBridge and Secrets Manager use it in the name of whoever calls them. Whoever only
 * reads the table needs no more than to decrypt; all others write to it, to the queue or to the bus.
 */
export function keyStatements(key: IKey | undefined, { table }: TableGrant): PolicyStatement[] {
  if (key === undefined) return [];
  const onlyReads = table.length > 0 && table.every(isReading);
  return [new PolicyStatement({ actions: onlyReads ? reading : writing, resources: [key.keyArn] })];
}
