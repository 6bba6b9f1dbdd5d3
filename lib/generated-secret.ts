import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { removalPolicy } from './removal-policy.ts';

export interface GeneratedSecretProps {
  readonly configuration: Configuration;
  readonly description: string;
  /** Why it is not rotated by itself: somebody outside holds it too. */
  readonly notRotatedBecause: string;
  /** By default the one that AWS keeps for Secrets Manager. */
  readonly key?: IKey | undefined;
  /** Whether it is worth nothing once it is no longer used, so that it goes with its resource. */
  readonly disposable?: boolean;
}

/** A secret that is generated when the stack is first deployed, for us and somebody outside to hold. */
export function generateSecret(scope: Construct, id: string, props: GeneratedSecretProps): Secret {
  const secret = new Secret(scope, id, {
    description: props.description,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: props.disposable ? RemovalPolicy.DESTROY : removalPolicy(props.configuration),
    ...(props.key && { encryptionKey: props.key }),
  });
  Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: props.notRotatedBecause });
  return secret;
}

/** The whole ARN, by the attribute: `Ref` is the same on AWS, but the name alone in the emulator that deployments are proved against. */
export const arnOf = (secret: Secret): string => (secret.node.defaultChild as CfnSecret).attrId;

/** A dynamic reference: CloudFormation puts the value in when it deploys, so it is in no template and costs no call at run time. */
export const referenceTo = (secret: Secret): string => secret.secretValue.unsafeUnwrap();
