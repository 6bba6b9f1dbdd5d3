import { beforeAll, expect, it } from 'vitest';
import { comment, decide, moderate, openNewsroom, publish, putPolicy } from '../support/newsroom.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a');
});

const waiting = async () => (await moderate('/v1/moderation/queues/held')).json.items.map(({ id }: { id: string }) => id);

it('an author much of whose last comments was rejected waits for a moderator, and nobody else does', async () => {
  await putPolicy({ record: { minDecided: 4, rejectedShare: 0.5 } });
  const ids = [];
  for (let n = 0; n < 4; n += 1) ids.push(await comment('tom', 'a', `Opinion ${n}`));
  await settle();
  for (const id of ids.slice(0, 2)) await decide('a', id, 'reject');
  await settle();

  const held = await comment('tom', 'a', 'One more opinion');
  await comment('ann', 'a', 'Mine is welcome');
  await settle();

  expect(await waiting()).toEqual([held]);
  const [item] = (await moderate('/v1/moderation/queues/held')).json.items;
  expect(item.verdict.rules).toEqual([{ rule: 'record', action: 'hold', evidence: '2 of 4 decided in the last 7 days were rejected' }]);
});
