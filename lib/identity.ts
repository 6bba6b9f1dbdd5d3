import { Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { removalPolicy } from './removal-policy.ts';

/** Whose tokens the functions accept, handed to them as environment variables. */
export class Identity extends Construct {
  readonly environment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    const { siteSecret, providers, rolesClaim } = configuration.identity;
    this.environment = {
      IDENTITY_PROVIDERS: JSON.stringify(providers),
      ROLES_CLAIM: rolesClaim,
      ...(siteSecret && { SITE_SECRET: this.generateSiteSecret(configuration) }),
    };
  }

  /** A dynamic reference: CloudFormation puts the value in when it deploys, so it is in no template and costs no call at run time. */
  private generateSiteSecret(configuration: Configuration): string {
    const secret = new Secret(this, 'SiteSecret', {
      description: 'Signs and verifies the tokens that the site mints for its members (HS256)',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicy(configuration),
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The site’s sign-on holds the same secret: rotating it here alone would refuse every token until the site follows.',
    });
    return secret.secretValue.unsafeUnwrap();
  }
}
