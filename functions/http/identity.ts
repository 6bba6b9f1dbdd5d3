import type { Access } from '../routes.ts';
import { type Caller, mayAccess } from './caller.ts';
import type { HttpEvent } from './exchange.ts';
import { Problem } from './problem.ts';
import { secretVersions } from './secret-versions.ts';
import { keepSiteKeys } from './site-keys.ts';
import { type IdentityProvider, makeVerifier, refused } from './token.ts';

const secretId = process.env.SITE_SECRET_ID;

/** Built once per process from the environment that the stack gives. */
const verify = makeVerifier({
  ...(secretId && { siteKeys: keepSiteKeys(() => secretVersions(secretId)) }),
  providers: JSON.parse(process.env.IDENTITY_PROVIDERS ?? '[]') as IdentityProvider[],
  rolesClaim: process.env.ROLES_CLAIM ?? 'roles',
});

/** Characters a token may have: well above any real one, well below what would cost something to refuse. */
const longestToken = 8_192;

/**
 * Finds out who calls and whether they may.
 *
 * @throws Problem `unauthenticated` (401) without a valid token, `forbidden` (403) with too low a role
 */
export async function identify(event: HttpEvent, access: Access): Promise<Caller> {
  const [scheme, token = '', ...rest] = (event.headers.authorization ?? '').trim().split(/ +/, 3);
  if (scheme?.toLowerCase() !== 'bearer' || token === '' || rest.length > 0) {
    throw new Problem('unauthenticated', 'Send a token: Authorization: Bearer …', { headers: { 'www-authenticate': 'Bearer' } });
  }
  if (token.length > longestToken) throw refused(`may have ${longestToken} characters at most`);
  const caller = await verify(token);
  if (!mayAccess(caller, access)) throw new Problem('forbidden', `This needs the role ${access.replaceAll('-', ' ')}.`);
  return caller;
}
