import { Problem } from './problem.ts';
import { siteSecret } from './token.ts';

/** What requests to checks are signed with unless `UNDERSTORY_SIGNING_SECRET` says otherwise. It protects nothing: it is printed here. */
const developmentSecret = 'understory-local-signing-secret';

/** The secret that the site's services and the functions share on this machine. */
export function signingSecret(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.UNDERSTORY_SIGNING_SECRET || developmentSecret;
}

/** The secrets of the stack by logical id, without the eight digits that CDK ends it with ("Logical IDs", AWS CDK Developer Guide). */
const secrets: Readonly<Record<string, () => string>> = { IdentitySiteSecret: siteSecret, SigningSecret: signingSecret };

/**
 * What a secret of the template is on this machine, where nothing is generated, so that other programs can hold it too.
 * @throws Problem for one that nobody has given a value
 */
export function secretOf(logicalId: string): string {
  const value = secrets[logicalId.replace(/[0-9A-F]{8}$/, '')];
  if (value === undefined) throw new Problem(`The laptop has no value for the secret ${logicalId}`);
  return value();
}
