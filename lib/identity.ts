import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { generateSecret, referenceTo } from './generated-secret.ts';

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

  private generateSiteSecret(configuration: Configuration): string {
    const secret = generateSecret(this, 'SiteSecret', {
      configuration,
      description: 'Signs and verifies the tokens that the site mints for its members (HS256)',
      notRotatedBecause:
        'The site’s sign-on holds the same secret: rotating it here alone would refuse every token until the site follows.',
    });
    return referenceTo(secret);
  }
}
