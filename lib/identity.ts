import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { arnOf, generateSecret } from './generated-secret.ts';

/** A secret, and what a function needs to read it. */
interface ReadableSecret {
  readonly arn: string;
  readonly statements: readonly PolicyStatement[];
}

/**
 * Whose tokens the functions accept, handed to them as environment variables. The site's secret is not among them: they read it
 * while they run, the present and the previous value, so that it can be rotated without a deployment.
 */
export class Identity extends Construct {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** The ARN of the secret; nothing where the site has none. */
  readonly secretArn: string | undefined;

  constructor(scope: Construct, id: string, configuration: Configuration, key?: IKey) {
    super(scope, id);
    const { providers, rolesClaim } = configuration.identity;
    const secret = this.readableSecret(configuration, key);
    this.secretArn = secret?.arn;
    this.statements = secret?.statements ?? [];
    this.environment = {
      IDENTITY_PROVIDERS: JSON.stringify(providers),
      ROLES_CLAIM: rolesClaim,
      ...(secret && { SITE_SECRET_ID: secret.arn }),
    };
  }

  private readableSecret(configuration: Configuration, key: IKey | undefined): ReadableSecret | undefined {
    const { siteSecret } = configuration.identity;
    if (siteSecret === false) return undefined;
    if (siteSecret === true) {
      const secret = generateSecret(this, 'SiteSecret', {
        configuration,
        key,
        description: 'Signs and verifies the tokens that the site mints for its members (HS256)',
        notRotatedBecause:
          'The site’s sign-on holds the same secret: whoever runs it puts a new value, which both accept beside the old one.',
      });
      return { arn: arnOf(secret), statements: [read(arnOf(secret))] };
    }
    const { arn, keyArn } = siteSecret;
    const decrypt = keyArn === undefined ? [] : [new PolicyStatement({ actions: ['kms:Decrypt'], resources: [keyArn] })];
    return { arn, statements: [read(arn), ...decrypt] };
  }
}

const read = (secretArn: string) => new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] });
