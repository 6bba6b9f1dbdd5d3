import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { arnOf, generateSecret, referenceTo } from './generated-secret.ts';

/** What proves to the site’s own services that a request comes from here, handed to the functions as an environment variable. */
export class Signing extends Construct {
  readonly environment: Readonly<Record<string, string>>;
  readonly secretArn: string;

  constructor(scope: Construct, id: string, configuration: Configuration, key?: IKey) {
    super(scope, id);
    const secret = generateSecret(this, 'Secret', {
      configuration,
      key,
      description: 'Signs the requests that are sent to the site’s own services (HMAC-SHA256)',
      notRotatedBecause: 'The site’s services hold the same secret: rotating it here alone would have them refuse us until they follow.',
    });
    this.environment = { SIGNING_SECRET: referenceTo(secret) };
    this.secretArn = arnOf(secret);
  }
}
