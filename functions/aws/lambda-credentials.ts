import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of the SDK's `@aws-sdk/credential-provider-node` in the bundles. That one also looks into files, at single
 * sign-on, at token exchanges and at the metadata of machines, whose clients are a fifth of a function's code. Lambda always
 * hands over its role's credentials in the environment ("Defined runtime environment variables", AWS Lambda Developer Guide),
 * and so does the laptop. It looks once, as the environment of a function does not change.
 */
export function defaultProvider(...init: Parameters<typeof fromEnv>): ReturnType<typeof fromEnv> {
  const find = fromEnv(...init);
  let found: ReturnType<typeof find> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
