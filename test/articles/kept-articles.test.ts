import { expect, it, vi } from 'vitest';
import { mostKept, recentArticle } from '#articles/article-storage.ts';
import { toAttributes } from '#table/attributes.ts';
import { table } from '#table/client.ts';
import { ageCaches } from '../support/caches.ts';

const item = (title: string) => ({ Item: toAttributes({ view: { id: 'a', title, commenting: {} }, revision: 1 }) });

it.each([
  ['there', item('as it is'), { title: 'as it is' }],
  ['gone', {}, undefined],
])('what an article that is %s was read anew to be is told, though others have taken its place meanwhile', async (_, answer, expected) => {
  const send = vi.spyOn(table, 'send').mockImplementation(async () => item('as it was'));
  for (let n = 0; n < mostKept; n += 1) await recentArticle(`article-${n}`);
  await ageCaches();
  const { promise: late, resolve } = Promise.withResolvers<object>();
  send.mockImplementationOnce(() => late);
  const again = recentArticle('article-0');
  for (let n = 0; n < mostKept; n += 1) await recentArticle(`other-${n}`);
  resolve(answer);
  const told = await again;
  if (expected === undefined) expect(told).toBeUndefined();
  else expect(told).toMatchObject(expected);
});
