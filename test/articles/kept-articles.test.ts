import { expect, it, vi } from 'vitest';
import { recentArticle } from '#articles/article-storage.ts';
import { toAttributes } from '#table/attributes.ts';
import { table } from '#table/client.ts';
import { ageCaches } from '../support/caches.ts';

/** So many articles a function keeps at most. */
const most = 5_000;

it('an article that is read anew is given, though others have taken its place meanwhile', async () => {
  const item = (title: string) => ({ Item: toAttributes({ view: { id: 'a', title, commenting: {} }, revision: 1 }) });
  const send = vi.spyOn(table, 'send').mockImplementation(async () => item('as it was'));
  for (let n = 0; n < most; n += 1) await recentArticle(`article-${n}`);
  await ageCaches();
  const { promise: late, resolve } = Promise.withResolvers<ReturnType<typeof item>>();
  send.mockImplementationOnce(() => late);
  const again = recentArticle('article-0');
  for (let n = 0; n < most; n += 1) await recentArticle(`other-${n}`);
  resolve(item('as it is'));
  expect(await again).toMatchObject({ title: 'as it is' });
});
