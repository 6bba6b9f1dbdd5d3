import { SignJWT } from 'jose';

export const siteSecret = 'a-secret-that-only-the-tests-and-their-site-know';

/** A token as the site's own sign-on would make it. */
export function tokenOf(sub: string, roles: string[] = [], name = sub): Promise<string> {
  return new SignJWT({ name, roles })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(siteSecret));
}
