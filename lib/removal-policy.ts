import { RemovalPolicy } from 'aws-cdk-lib';
import type { Configuration } from './configuration.ts';

/** What happens to data when its resource leaves the stack: it stays in the account, except in stages that are thrown away. */
export function removalPolicy({ removalProtection }: Pick<Configuration, 'removalProtection'>): RemovalPolicy {
  return removalProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
