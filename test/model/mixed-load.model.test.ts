import { beforeAll, expect, it } from 'vitest';
import { commentKey } from '#table/keys.ts';
import { call, type TestRequest } from '../support/call.ts';
import { comment, decideAs, moderate, post, publish, putPolicy, read, recountAs, walk } from '../support/newsroom.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { queueOf, recountedRecords, recountedSums } from './recount.ts';
import { readWorld, storedCounts, storedSums, visibleCounts } from './truth.ts';

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

/** How often each kind of thing was done, and not refused. */
const done: Record<string, number> = {};
const count = (kind: string, isDone: boolean) => {
  done[kind] = (done[kind] ?? 0) + Number(isDone);
};

async function act(n: number, { id, article, member }: { id: string; article: string; member: string }): Promise<void> {
  const path = `/v1/articles/${article}/comments/${id}` as const;
  const as = async (who: string) => ({ token: await tokenOf(who) });
  const attempt = async (kind: string, request: `${string} /${string}`, options: TestRequest) => {
    const { status } = await call(request, options);
    count(kind, status < 300);
    // A refusal is an answer, a failure is none.
    expect(status, `${kind} ${n}`).toBeLessThan(500);
  };
  const judge = async (moderator: string, action: 'approve' | 'reject' | 'spam') =>
    count(action, (await decideAs(moderator, article, id, action)).outcome === 'applied');

  if (n % 5 === 0) await judge('mod', n % 2 ? 'approve' : 'reject');
  if (n % 6 === 1) await attempt('react', `PUT ${path}/reaction`, { ...(await as(`reader-${n % 9}`)), body: { kind: 'like' } });
  if (n % 8 === 2)
    for (const who of ['x', 'y', 'z'].slice(0, 1 + (n % 3)))
      await attempt('report', `POST ${path}/reports`, { ...(await as(who)), body: { reason: 'spam' } });
  if (n % 9 === 4) {
    const body = { body: `${words(n + 3)}, edited` };
    await attempt('edit', `PATCH ${path}`, { ...(await as(member)), body, headers: { 'if-match': '*' } });
  }
  if (n % 13 === 6) await attempt('delete', `DELETE ${path}`, await as(member));
  if (n % 10 === 0) await attempt('appeal', `POST ${path}/appeal`, { ...(await as(member)), body: { note: 'I disagree' } });
  if (n % 20 === 0) await judge(`mod-${n % 3}`, n % 40 ? 'approve' : 'spam');
  // Most standings are lifted again, or there would soon be nobody left who may post.
  const standing = { 17: 'muted', 29: 'banned', 37: 'held' }[n % 43] ?? (n % 43 < 6 ? 'normal' : undefined);
  if (standing) {
    const token = await tokenOf('mod-0', ['moderator']);
    await attempt(standing, `PATCH /v1/moderation/users/${member}`, { token, body: { standing } });
  }
}

it('a mixed load leaves every count, queue size and statistic equal to a recount from the items', {
  timeout: 60_000 + total * 1_000,
}, async () => {
  const posted: { id: string; article: string; member: string }[] = [];
  const left = new Set<string | undefined>();
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
    if (n % 900 === 450) {
      await call('DELETE /v1/me', { token: await tokenOf(member) });
      left.add(member);
    }
  }
  await comment('last', articles[0] ?? '', 'The last word');
  await settle();

  const world = await readWorld();
  expect(world.comments.filter(({ unsettled }) => unsettled)).toEqual([]);
  expect(new Set(world.comments.map(({ status }) => status))).toEqual(
    new Set(['approved', 'held', 'rejected', 'spam', 'deleted', 'muted']),
  );
  const everHeld = world.comments.filter(({ verdict, verdicts = [] }) => [verdict, ...verdicts].some((each) => each?.outcome === 'held'));
  const kinds = { approve: 40, reject: 25, hold: 10, edit: 20, report: 20, muted: 60, banned: 60, appeal: 30 };
  for (const [kind, one] of Object.entries(kinds)) {
    const times = kind === 'hold' ? everHeld.length : (done[kind] ?? 0);
    expect(times, `${kind}: one in ${one} comments`).toBeGreaterThanOrEqual(Math.floor(total / one));
  }

  expect(storedSums(world)).toEqual(recountedSums(world));
  expect(storedCounts(world)).toEqual(visibleCounts(world));
  for (const article of articles) {
    expect((await recountAs('root', ['admin'], article)).json).toMatchObject({ drift: 0, woken: 0 });
    const { commentCount } = (await read(`/v1/articles/${article}`)).json;
    const pages = await walk(`/v1/articles/${article}/comments`, { query: { view: 'flat', limit: '100' } });
    expect(pages.flat().length).toBe(commentCount);
  }
  for (const [member, { approved = 0, held = 0, rejected = 0, spam = 0, deleted = 0, muted = 0 }] of recountedRecords(world)) {
    // Who comes back within a second of leaving is counted anew while what they say then is still being erased.
    if (member === undefined || left.has(member)) continue;
    const { record } = (await moderate(`/v1/moderation/users/${member}`)).json;
    expect(record, member).toEqual({ approved, held, rejected, spam, deleted, muted });
  }
  const reports = Map.groupBy(
    world.items.filter(({ sk }) => sk.startsWith('report#')),
    ({ pk }) => pk,
  );
  const { queues } = (await call('GET /v1/moderation/queues', { token: await tokenOf('mod-0', ['moderator']) })).json;
  for (const { name, size } of queues) {
    expect(size, name).toBe(
      world.comments.filter((each) => queueOf(each, reports.get(commentKey(each.order).pk)?.length ?? 0) === name).length,
    );
    expect(size, name).toBeGreaterThan(0);
  }
});
