import { expect, it } from 'vitest';
import { answerPublic, mostKept } from '../../functions/http/answer-public.ts';
import { ageCaches } from '../support/caches.ts';

const route = { name: 'listComments' } as never;
const answer = (key: string, body: Promise<string> | string = key) =>
  answerPublic(route, { parse: () => ({ key, run: async () => ({ status: 200, body: await body }) }) } as never, {} as never);

it('an answer that is asked for anew is given, though others have taken its place meanwhile', async () => {
  await answer('first');
  for (let n = 0; n < mostKept - 1; n += 1) await answer(`other ${n}`);
  await ageCaches();
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const again = answer('first', late);
  for (let n = 0; n < mostKept; n += 1) await answer(`another ${n}`);
  resolve('anew');
  expect(await again).toMatchObject({ statusCode: 200, body: 'anew' });
});
