import { type CryptoKey, decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { Caller } from './caller.ts';
import { issuerKeys } from './issuer-keys.ts';
import { keepCallers } from './kept-callers.ts';
import { Problem } from './problem.ts';
import { line, memberId, webUrl } from './scalars.ts';
import type { SiteKeys } from './site-keys.ts';

/** Whose tokens are taken. */
export interface IdentitySettings {
  /** The keys that the site's own sign-on shares with us, for HS256. */
  siteKeys?: SiteKeys;
  /** OpenID Connect issuers, for RS256 and ES256. */
  providers: readonly IdentityProvider[];
  /** The claim that carries the roles. */
  rolesClaim: string;
}

export interface IdentityProvider {
  issuer: string;
  audience: string;
  jwksUri: string;
}

/**
 * Makes the function that turns a bearer token into its caller.
 *
 * @param now milliseconds since 1970
 */
export function makeVerifier(settings: IdentitySettings, now: () => number = Date.now): (token: string) => Promise<Caller> {
  const { siteKeys } = settings;
  const providers = new Map(settings.providers.map((provider) => [provider.issuer, { ...provider, keys: issuerKeys(provider.jwksUri) }]));

  /** The algorithm in the token's header only chooses the path; each path takes its own algorithms and keys alone. */
  async function verify(token: string): Promise<JWTPayload> {
    if (algorithmOf(token) === 'HS256') {
      if (siteKeys === undefined) throw new errors.JOSEAlgNotAllowed('HS256 is not configured');
      return await verifyWithSiteKeys(token, siteKeys);
    }
    const provider = providers.get(decodeJwt(token).iss ?? '');
    if (provider === undefined) throw new errors.JWTClaimValidationFailed('unknown issuer', {}, 'iss');
    const { issuer, audience, keys } = provider;
    return (await jwtVerify(token, keys, { algorithms: ['RS256', 'ES256'], issuer, audience })).payload;
  }

  return keepCallers(async (token) => {
    try {
      const payload = await verify(token);
      return { caller: callerOf(payload, settings.rolesClaim), expires: payload.exp };
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      if (cause instanceof errors.JOSEError && !keysMissing.has(cause.code)) throw refused(reasonOf(cause));
      throw new Problem('unavailable', 'The keys of the issuer cannot be fetched.', { cause, headers: { 'retry-after': '5' } });
    }
  }, now);
}

/** Reads which algorithm a token claims to be signed with. */
function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch {
    throw refused('could not be verified');
  }
}

/** A token that fits no key we know may have been signed with one that is newer than our last look. */
async function verifyWithSiteKeys(token: string, siteKeys: SiteKeys): Promise<JWTPayload> {
  const payload = await verifyWithAny(token, await siteKeys.kept());
  if (payload !== undefined) return payload;
  const found = await verifyWithAny(token, await siteKeys.lookAgain());
  if (found === undefined) throw new errors.JWSSignatureVerificationFailed();
  return found;
}

/** @returns nothing where no key fits; whatever else is wrong with the token is thrown */
async function verifyWithAny(token: string, keys: readonly CryptoKey[]): Promise<JWTPayload | undefined> {
  for (const key of keys) {
    try {
      return (await jwtVerify(token, key, { algorithms: ['HS256'] })).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  return undefined;
}

/** Failures to get an issuer's keys at all: they say nothing about the token. (A refused connection is no JOSEError.) */
const keysMissing = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/** Characters of a name that are shown: a site may have longer ones, and they are no reason to turn anybody away. */
const longestName = 200;

const claims = z.object({
  sub: memberId,
  name: z.pipe(
    line(8_192),
    z.transform((name: string) => [...name].slice(0, longestName).join('')),
  ),
  picture: z.catch(z.optional(webUrl), undefined),
});

function callerOf(payload: JWTPayload, rolesClaim: string): Caller {
  const outcome = claims.safeParse(payload);
  if (!outcome.success) throw refused('needs the claims sub (1–128 characters) and name');
  const roles = payload[rolesClaim];
  return {
    id: outcome.data.sub,
    name: outcome.data.name,
    picture: outcome.data.picture ?? null,
    roles: new Set(Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []),
  };
}

function reasonOf(error: Error): string {
  if (error instanceof errors.JWTExpired) return 'has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `has a wrong or missing claim: ${error.claim}`;
  return 'could not be verified';
}

/** RFC 6750 §3: the challenge says what is wrong with the token, never what the right one would be. */
export const refused = (reason: string) =>
  new Problem('unauthenticated', `The token ${reason}.`, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
