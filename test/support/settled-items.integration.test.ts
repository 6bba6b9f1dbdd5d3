import { beforeAll, expect, it } from 'vitest';
import { call } from './call.ts';
import { comment, openNewsroom, publish } from './newsroom.ts';
import { SettledItems } from './settled-items.ts';
import { scanTable } from './table.ts';
import { tokenOf } from './tokens.ts';

type Item = { pk: string; sk: string; verdict?: object; at?: string };

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
});

/** Without the times of verdicts and reactions, in an order of its own. */
const comparable = (items: Item[]) =>
  items
    .map(({ verdict, at, ...item }) => ({ ...item, ...(at && { at: '' }), ...(verdict && { verdict: { ...verdict, at: '' } }) }))
    .sort((a, b) => `${a.pk} ${a.sk}`.localeCompare(`${b.pk} ${b.sk}`));

it('settled items made in memory are those that posting, reacting and settling leave in the table, attribute by attribute', async () => {
  const made = new SettledItems(1, new Date());
  const author = (id: string) => ({ id, name: id, picture: null, roles: new Set<string>() });
  const post = async (member: string, body: string, parentId?: string) => {
    const id = await comment(member, 'a1', body, parentId);
    await settle();
    made.post({ id, articleId: 'a1', parentId, author: author(member), text: { body, html: `<p>${body}</p>` } });
    return id;
  };
  const like = async (member: string, commentId: string) => {
    await call(`PUT /v1/articles/a1/comments/${commentId}/reaction`, { token: await tokenOf(member), body: { kind: 'like' } });
    await settle();
    made.react({ articleId: 'a1', commentId, memberId: member }, 'like');
  };

  const first = await post('ann', 'first');
  const answer = await post('ben', 'answer', first);
  await post('cat', 'answer to the answer', answer);
  await post('ann', 'second');
  // The fifth reaction leaves the comment on the step of the ranking that the fourth has brought it to.
  for (const member of ['ben', 'cat', 'dan', 'eve', 'fay']) await like(member, first);

  const stored = (await scanTable<Item>()).filter(({ pk, sk }) => /^(C|DAY)#/.test(pk) || sk === 'tally');
  expect(stored.length).toBe(4 + 5 + 1 + 1);
  expect(comparable(made.all() as Item[])).toEqual(comparable(stored));
});
