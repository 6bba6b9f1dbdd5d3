import { beforeAll, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, post, publish, putPolicy, read, recountAs } from '../support/newsroom.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { countedSums, readWorld, recountedDays, storedCounts, storedDays, storedSums, visibleCounts } from './truth.ts';

/** Comments posted; `MIXED_COMMENTS` posts more. */
const total = Number(process.env.MIXED_COMMENTS ?? 120);
const articles = Array.from({ length: 10 }, (_, n) => `load-${n}`);
const members = Math.max(20, Math.floor(total / 40));

let settle: () => Promise<void>;
beforeAll(async () => {
  settle = settler(await createTable());
  await putPolicy({ suspectPhrases: ['fishy'], bannedPhrases: ['foul'], reports: { holdAt: 2 } });
  for (const article of articles) await publish(article);
});

/** The same load in every run, as mixed as a busy evening: what happens to comment `n` follows from `n`. */
const words = (n: number) => `${n % 7 === 3 ? 'this is fishy' : n % 11 === 5 ? 'this is foul' : 'a fair point'}, number ${n}`;

async function act(n: number, { id, article, member }: { id: string; article: string; member: string }): Promise<void> {
  const path = `/v1/articles/${article}/comments/${id}` as const;
  const as = async (who: string) => ({ token: await tokenOf(who) });
  if (n % 5 === 0) await decide(article, id, n % 2 ? 'approve' : 'reject');
  if (n % 6 === 1) await call(`PUT ${path}/reaction`, { ...(await as(`reader-${n % 9}`)), body: { kind: 'like' } });
  if (n % 8 === 2)
    for (const who of ['x', 'y', 'z'].slice(0, 1 + (n % 3)))
      await call(`POST ${path}/reports`, { ...(await as(who)), body: { reason: 'spam' } });
  if (n % 9 === 4)
    await call(`PATCH ${path}`, { ...(await as(member)), body: { body: `${words(n + 3)}, edited` }, headers: { 'if-match': '*' } });
  if (n % 13 === 6) await call(`DELETE ${path}`, await as(member));
  if (n % 10 === 0) await call(`POST ${path}/appeal`, { ...(await as(member)), body: { note: 'I disagree' } });
  if (n % 20 === 0) {
    const decision = { articleId: article, commentId: id, action: n % 40 ? 'approve' : 'spam' };
    await call('POST /v1/moderation/decisions', { token: await tokenOf(`mod-${n % 3}`, ['moderator']), body: { decisions: [decision] } });
  }
  const standing = { 17: 'muted', 29: 'banned', 37: 'held', 41: 'normal' }[n % 43];
  if (standing) {
    const token = await tokenOf('mod-0', ['moderator']);
    await call(`PATCH /v1/moderation/users/${member}`, { token, body: { standing } });
  }
}

it('a mixed load leaves every count, queue size and statistic equal to a recount from the items', { timeout: 1_200_000 }, async () => {
  const posted: { id: string; article: string; member: string }[] = [];
  for (let n = 0; posted.length < total; n += 1) {
    const member = `member-${n % members}`;
    const parent = n % 3 === 0 ? posted.at(-1 - (n % 30)) : undefined;
    const article = parent?.article ?? articles[n % articles.length] ?? '';
    const answer = await post(member, article, words(n), parent?.id);
    // Who is banned posts nothing, and what is hidden takes no answers.
    if (answer.status === 201) posted.push({ id: answer.json.id, article, member });
    const earlier = posted.at(-1 - (n % 50));
    if (earlier) await act(n, earlier);
    if (n % 40 === 39) await settle();
    if (n % 900 === 450) await call('DELETE /v1/me', { token: await tokenOf(member) });
  }
  await comment('last', articles[0] ?? '', 'The last word');
  await settle();

  const world = await readWorld();
  expect(world.comments.filter(({ unsettled }) => unsettled)).toEqual([]);
  expect(new Set(world.comments.map(({ status }) => status))).toEqual(
    new Set(['approved', 'held', 'rejected', 'spam', 'deleted', 'muted']),
  );
  expect(storedSums(world)).toEqual(countedSums(world));
  expect(storedCounts(world)).toEqual(visibleCounts(world));
  expect(storedDays(world)).toEqual(recountedDays(world));
  for (const article of articles) {
    expect((await recountAs('root', ['admin'], article)).json).toMatchObject({ drift: 0, woken: 0 });
    const { items } = (await read(`/v1/articles/${article}/comments`, { view: 'flat', limit: '100' })).json;
    const { commentCount } = (await read(`/v1/articles/${article}`)).json;
    expect(items.length).toBe(Math.min(100, commentCount));
  }
  const { queues } = (await call('GET /v1/moderation/queues', { token: await tokenOf('mod-0', ['moderator']) })).json;
  for (const { name, size } of queues) {
    expect(size, name).toBe(world.comments.filter(({ counted }) => counted?.queue === name).length);
    expect(size, name).toBeGreaterThan(0);
  }
});
