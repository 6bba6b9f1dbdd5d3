import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, openNewsroom, publish, walk } from '../support/newsroom.ts';
import { many } from '../support/scale.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;
/** Nobody may say the same twice, and no article is used twice. */
let said = 0;

beforeAll(async () => {
  settle = await openNewsroom();
});

/** An article that gets more shards, and more comments, while readers walk through its lists. */
const growing = fc.record({
  shards: fc.integer({ min: 1, max: 7 }),
  more: fc.integer({ min: 1, max: 7 }),
  tops: fc.integer({ min: 1, max: 14 }),
  replies: fc.integer({ min: 0, max: 9 }),
  late: fc.integer({ min: 0, max: 5 }),
  liked: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 6 }),
  limit: fc.integer({ min: 1, max: 6 }),
  /** Whether what the functions keep of the article is from before it grew. */
  stale: fc.boolean(),
});

type Growing = typeof growing extends fc.Arbitrary<infer T> ? T : never;

async function postMany(articleId: string, total: number, parentId?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < total; n += 1) ids.push(await comment(`member-${n}`, articleId, `comment ${said++}`, parentId));
  return ids;
}

async function open({ shards, tops, replies, liked }: Growing) {
  const articleId = `walked-${said}`;
  await publish(articleId, { commenting: { shards } });
  const top = await postMany(articleId, tops);
  await settle();
  const below = await postMany(articleId, replies, top[0]);
  const ranked = top.filter((_, n) => liked.includes(n));
  for (const id of ranked) {
    await call(`PUT /v1/articles/${articleId}/comments/${id}/reaction`, { token: await tokenOf('reader'), body: { kind: 'like' } });
  }
  await settle();
  await ageCaches();
  return { articleId, top, below, ranked };
}

/** Lets the article grow once, whoever is first to ask. */
function growth(articleId: string, { shards, more, late, stale }: Growing) {
  let growing: Promise<void> | undefined;
  const grow = async () => {
    const commenting = { shards: Math.min(8, shards + more) };
    const { status } = await call(`PATCH /v1/articles/${articleId}`, { token: await tokenOf('mo', ['moderator']), body: { commenting } });
    expect(status).toBe(200);
    if (!stale) await ageCaches();
    await postMany(articleId, late);
    await settle();
  };
  return () => {
    growing ??= grow();
    return growing;
  };
}

describe('a walk through a list of an article that becomes hotter meanwhile', () => {
  it('meets everything that was there when it began, once and in its order', async () => {
    await fc.assert(
      fc.asyncProperty(growing, async (given) => {
        const { articleId, top, below, ranked } = await open(given);
        const grow = growth(articleId, given);
        const met = async (query: Record<string, string>, expected: readonly string[]) => {
          const path = `/v1/articles/${articleId}/comments` as const;
          const pages = await walk(path, { query: { ...query, limit: String(given.limit) } }, grow);
          const ids: string[] = pages.flat().map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          const before = new Set(expected);
          expect(ids.filter((id) => before.has(id))).toEqual(expected);
        };
        const rest = top.filter((id) => !ranked.includes(id));
        await Promise.all([
          met({ sort: 'newest' }, top.toReversed()),
          met({ sort: 'oldest' }, top),
          met({ sort: 'top' }, [...ranked.toReversed(), ...rest.toReversed()]),
          met({ view: 'flat' }, [...top, ...below].toSorted()),
          met({ parent: top[0] ?? '', sort: 'newest' }, below.toReversed()),
        ]);
      }),
      { numRuns: many(12), interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    );
  });
});
