import type { Access } from '../routes.ts';

/** Who calls, as a verified token tells. */
export interface Caller {
  id: string;
  name: string;
  picture: string | null;
  roles: ReadonlySet<string>;
}

/** The roles that open each access level beyond `member`; `admin` opens all. */
const rolesFor = {
  publisher: ['publisher'],
  'publisher-or-moderator': ['publisher', 'moderator'],
  moderator: ['moderator'],
  admin: ['admin'],
} as const satisfies Record<Exclude<Access, 'public' | 'member'>, readonly string[]>;

/** Whether `caller` may use a route of this access level: everybody signed in is a member. */
export function mayAccess(caller: Caller, access: Access): boolean {
  if (access === 'public' || access === 'member') return true;
  return caller.roles.has('admin') || rolesFor[access].some((role) => caller.roles.has(role));
}
