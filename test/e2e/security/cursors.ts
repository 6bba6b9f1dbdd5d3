import { hash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { answered, ask, listed, moderator, person, post, publish, putPolicy, settled } from './site.ts';

const reader = person('reader');
const neighbour = person('neighbour');
const articles = ['paged', 'next'] as const;

/** Every change of one bit that a cursor can have, and be a text of its letters still. */
function* flipped(cursor: string): Generator<string> {
  const bytes = Buffer.from(cursor, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield changed.toString('base64url');
  }
}

/** The cursor that whoever has read the source makes for a query: what binds it is no secret. */
const forged = (scope: readonly string[], position: string) =>
  Buffer.from(`${hash('sha256', JSON.stringify(scope), 'base64url').slice(0, 8)}${position}`).toString('base64url');

const cursorOf = async (path: string, as?: typeof reader): Promise<string> => {
  const { json } = await answered(ask(`GET ${path as '/'}`, as && { as }), 200);
  expect(json.nextCursor).toMatch(/^[\w-]+$/);
  return json.nextCursor;
};

export function cursors(): void {
  beforeAll(async () => {
    await putPolicy({ suspectPhrases: ['waits'], rate: { perMinute: 1_000, perHour: 10_000 } });
    for (const articleId of articles) {
      await publish(articleId);
      for (const as of [reader, neighbour]) {
        for (const n of [1, 2, 3]) await post(as, articleId, `${n} on ${articleId}`);
        await post(as, articleId, 'this one waits');
      }
    }
    await settled();
    for (const articleId of articles) await listed(`/v1/articles/${articleId}/comments`, 6);
  });

  it('a changed cursor of one’s own list leads to nothing but one’s own, or nowhere', async () => {
    const cursor = await cursorOf('/v1/me/comments?limit=2', reader);
    const statuses = new Set<number>();
    for (const changed of flipped(cursor)) {
      const { status, json } = await ask(`GET /v1/me/comments?limit=2&cursor=${changed}`, { as: reader });
      statuses.add(status);
      for (const { author } of json.items ?? []) expect(author.id).toBe(reader.sub);
    }
    expect([...statuses].sort()).toEqual([200, 400]);
  });

  it('a changed cursor of an article leads to nothing but what everybody sees of it, or nowhere', async () => {
    const visible = new Set((await listed('/v1/articles/paged/comments', 6)).json.items.map(({ id }: { id: string }) => id));
    const cursor = await cursorOf('/v1/articles/paged/comments?limit=2');
    for (const changed of flipped(cursor)) {
      const { status, json } = await ask(`GET /v1/articles/paged/comments?limit=2&cursor=${changed}`);
      expect([200, 400]).toContain(status);
      for (const { id } of json.items ?? []) expect(visible).toContain(id);
    }
  });

  it('a cursor of another query, article, order, member or queue is refused', async () => {
    const article = '/v1/articles/paged/comments?limit=1';
    const own = '/v1/me/comments?limit=1';
    const search = `/v1/moderation/search?limit=1&author=${reader.sub}`;
    const queries: [path: string, as?: typeof reader][] = [
      [article],
      ['/v1/articles/next/comments?limit=1'],
      [`${article}&sort=oldest`],
      [`${article}&view=flat`],
      [own, reader],
      [own, neighbour],
      ['/v1/moderation/queues/held?limit=1', moderator],
      [search, moderator],
      [`${search}&status=held`, moderator],
      ['/v1/articles?limit=1'],
      ['/v1/moderation/audit?limit=1', moderator],
    ];
    const cursorsOf = await Promise.all(queries.map(([path, as]) => cursorOf(path, as)));
    for (const [n, [path, as]] of queries.entries()) {
      for (const [other, cursor] of cursorsOf.entries()) {
        const { status } = await ask(`GET ${path as '/'}&cursor=${cursor}`, as && { as });
        expect(status, `${path} with the cursor of ${queries[other]?.[0]}`).toBe(n === other ? 200 : 400);
      }
    }
  });

  it('a cursor made by hand reaches no further than its query', async () => {
    const [first, last] = ['00000000-0000-7000-8000-000000000000', 'ffffffff-ffff-7fff-bfff-ffffffffffff'];
    const ownFrom = (sub: string, position: string) =>
      ask(`GET /v1/me/comments?cursor=${forged(['my-comments', sub], position)}`, { as: reader });
    const { json } = await answered(ownFrom(reader.sub, last), 200);
    expect(json.items).toHaveLength(8);
    for (const { author } of json.items) expect(author.id).toBe(reader.sub);
    await answered(ownFrom(neighbour.sub, last), 400);
    expect((await answered(ownFrom(reader.sub, first), 200)).json.items).toEqual([]);
    for (const position of ['', '~', `${last}#`, `${last}\n`, 'C#', '\0', 'x'.repeat(700)])
      await answered(ownFrom(reader.sub, position), 400);
  });

  it('a cursor in other letters, twice or without end is refused, and none breaks anything', async () => {
    const cursor = await cursorOf('/v1/articles/paged/comments?limit=2');
    const path = '/v1/articles/paged/comments?limit=2&cursor=';
    for (const wrong of [
      `${cursor}=`,
      `${cursor}%00`,
      `%20${cursor}`,
      `${cursor}&cursor=${cursor}`,
      '%2B%2F',
      'A'.repeat(5_000),
      '__proto__',
    ]) {
      await answered(ask(`GET ${path as '/'}${wrong}`), 400);
    }
  });
}
