import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { generateSecret, referenceTo } from './generated-secret.ts';

/**
 * What the edge proves itself with to the functions, so that nobody gets around it. The secrets are numbered: a deployment with the
 * next number makes a new one for the edge to send, and the functions take the one before as well, because the edge's servers all
 * over the world change over minutes later.
 */
export class EdgeSecrets extends Construct {
  /** A reference to the secret that the edge sends. */
  readonly present: string;
  readonly environment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, configuration: Configuration, key?: IKey) {
    super(scope, id);
    const number = configuration.edge.originSecret;
    const secret = (which: number) =>
      referenceTo(
        generateSecret(this, `Secret${which}`, {
          configuration,
          key,
          disposable: true,
          description: `Proves that a request came through the edge (number ${which})`,
          notRotatedBecause: 'It is rotated by a deployment with the next number, which changes the edge and the functions together.',
        }),
      );
    this.present = secret(number);
    this.environment = { EDGE_SECRET: this.present, ...(number > 1 && { EDGE_SECRET_BEFORE: secret(number - 1) }) };
  }
}
