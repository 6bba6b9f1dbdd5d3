import { expect, it } from 'vitest';
import type { Ask } from '../../bench/load/site.ts';
import { openTraffic } from '../../bench/load/traffic.ts';

/** A newsroom that answers what is wanted of it, and every reaction with `status`. */
const newsroom =
  (status: number): Ask =>
  async (method, path) => {
    if (path.endsWith('/reaction')) return { status, json: {} };
    if (method === 'POST' && path.endsWith('/comments')) return { status: 201, json: { id: 'a-comment' } };
    return { status: method === 'PUT' && path.startsWith('/v1/articles/') ? 201 : 200, json: {} };
  };

async function reactionOf(ask: Ask) {
  const { next } = await openTraffic(ask);
  for (;;) {
    const route = next();
    if (route.name === 'reaction') return route.send();
  }
}

it.each([409, 404])('a reaction to what a moderator has just taken down may be answered %i', async (status) => {
  await expect(reactionOf(newsroom(status))).resolves.toBeDefined();
});

it('a reaction that is refused for any other reason has failed', async () => {
  await expect(reactionOf(newsroom(503))).rejects.toThrow('was answered 503');
});
