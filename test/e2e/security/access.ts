import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { type Access, type Route, routes } from '../../../functions/routes.ts';
import { answered, ask, person } from './site.ts';

const roles = ['member', 'publisher', 'moderator', 'admin'] as const;

/** Who may what: written out, so that a mistake in the rule is not repeated here. */
const opensTo: Record<Exclude<Access, 'public'>, readonly (typeof roles)[number][]> = {
  member: ['member', 'publisher', 'moderator', 'admin'],
  publisher: ['publisher', 'admin'],
  'publisher-or-moderator': ['publisher', 'moderator', 'admin'],
  moderator: ['moderator', 'admin'],
  admin: ['admin'],
};

/** A request for what is not there: whoever is let in is told so. */
function requestOf({ method, path }: Route): `${string} /${string}` {
  const values: Record<string, string> = { articleId: randomUUID(), name: 'held', userId: randomUUID(), code: 'not-found' };
  return `${method} ${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? uuidv7()) as `/${string}`}`;
}

const named = routes.map((route: Route) => [route.name, route] as const);

/** The whole route table against everybody there is. */
export function access(): void {
  describe.each(named)('%s', (_, route) => {
    const { access: level, method } = route;
    const body = method === 'GET' ? {} : { body: '[]' };

    if (level === 'public') {
      it('asks nobody who they are', async () => {
        const anonymous = await ask(requestOf(route));
        expect([200, 400, 404]).toContain(anonymous.status);
        expect((await ask(requestOf(route), { headers: { authorization: 'Bearer nonsense' } })).status).toBe(anonymous.status);
      });
      return;
    }

    it('is closed to whoever shows no token', async () => void (await answered(ask(requestOf(route), body), 401)));

    it.each(roles)(`tells a %s whether they may`, async (role) => {
      const { status } = await ask(requestOf(route), { as: person(`${role}-${randomUUID()}`, role), ...body });
      if (opensTo[level].includes(role)) expect([200, 202, 204, 400, 404, 422, 428]).toContain(status);
      else expect(status).toBe(403);
    });
  });
}
