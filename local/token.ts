import { SignJWT } from 'jose';

/** What local tokens are signed with unless `UNDERSTORY_SITE_SECRET` says otherwise. It protects nothing: it is printed here. */
const developmentSecret = 'understory-local-development-secret';
const dayInSeconds = 24 * 60 * 60;

export interface TokenClaims {
  readonly sub: string;
  readonly name: string;
  readonly roles?: readonly string[];
}

/** The secret that the site and the functions share on this machine. */
export function siteSecret(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.UNDERSTORY_SITE_SECRET || developmentSecret;
}

/**
 * An HS256 token as the site's own sign-on would mint it.
 * @param ttl seconds until it expires
 */
export function signToken(claims: TokenClaims, secret: string, ttl: number = dayInSeconds): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ name: claims.name, ...(claims.roles?.length && { roles: [...claims.roles] }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(claims.sub)
    .setIssuedAt(now)
    .setExpirationTime(now + ttl)
    .sign(new TextEncoder().encode(secret));
}
