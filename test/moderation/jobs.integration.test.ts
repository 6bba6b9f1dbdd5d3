import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, moderate, openNewsroom, publish, putPolicy, read, recountAs } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await putPolicy({ suspectPhrases: ['snake oil'] });
  await publish('a');
});

const start = async (body: unknown, roles = ['moderator']) => call('POST /v1/moderation/jobs', { token: await tokenOf('mo', roles), body });
const statusOf = async (id: string) => {
  const items = await scanTable<{ pk: string; sk: string; status: string }>();
  return items.find(({ pk, sk }) => pk === `C#${id}` && sk === 'comment')?.status;
};
const clean = async (article: string) => expect((await recountAs('root', ['admin'], article)).json.drift).toBe(0);

describe('rejecting a branch', () => {
  it('takes down the comment and all below it, also what waits or hangs more than a hundred deep, and nothing else', async () => {
    const root = await comment('ann', 'a', 'A branch to cut');
    await settle();
    const below: string[] = [];
    for (let parent = root, depth = 1; depth <= 120; depth += 1) {
      parent = await comment('ann', 'a', `Deeper, by ${depth}`, parent);
      below.push(parent);
    }
    await settle();
    const held = await comment('bob', 'a', 'Snake oil below', below[3]);
    const beside = await comment('cyn', 'a', 'Another branch');
    await settle();
    const answer = await comment('dan', 'a', 'In the other branch', beside);
    await settle();

    const begun = await start({ kind: 'reject-branch', articleId: 'a', commentId: root, note: 'It went off the rails' });
    expect(begun).toMatchObject({ status: 202, json: { kind: 'reject-branch', state: 'running', examined: 0, changed: 0 } });
    await settle();
    expect((await moderate(begun.headers.location as '/')).json).toMatchObject({ state: 'done', examined: 122, changed: 122 });
    for (const id of [root, held, below.at(0)!, below.at(99)!, below.at(100)!, below.at(119)!]) expect(await statusOf(id)).toBe('rejected');
    for (const id of [beside, answer]) expect(await statusOf(id)).toBe('approved');
    expect((await read('/v1/articles/a/comments', { view: 'flat' })).json.items.map(({ id }: { id: string }) => id)).toEqual([
      beside,
      answer,
    ]);
    await clean('a');
  });

  it('is work of the moderator who ordered it: each decision is recorded under their name, with the note', async () => {
    await publish('b');
    const root = await comment('ann', 'b', 'On record');
    await settle();
    await start({ kind: 'reject-branch', articleId: 'b', commentId: root, note: 'Enough of it' });
    await settle();
    const records = (await scanTable<{ pk: string; sk: string; view: string }>()).filter(
      ({ pk, sk }) => pk === `C#${root}` && sk.startsWith('decision#'),
    );
    const printed = records.map(({ view }) => JSON.parse(view));
    expect(printed.filter(({ action }) => action === 'reject')).toMatchObject([
      { action: 'reject', actor: { id: 'mo' }, before: 'approved', after: 'rejected', note: 'Enough of it' },
    ]);
    expect(printed.filter(({ action }) => action === 'reject-branch')).toMatchObject([{ actor: { id: 'mo' }, articleId: 'b' }]);
  });
});

describe('rejecting what a member wrote', () => {
  it('takes it down in every article, and leaves what is down already, taken back, muted, or somebody else’s', async () => {
    await publish('c');
    await publish('d');
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1) ids.push(await comment('troll', n % 2 ? 'c' : 'd', `Insult number ${n}`));
    const other = await comment('eve', 'c', 'Quite polite');
    await settle();
    await decide('c', ids[1]!, 'spam');
    await call(`DELETE /v1/articles/d/comments/${ids[2]}`, { token: await tokenOf('troll') });
    await call('PATCH /v1/moderation/users/troll', { token: await tokenOf('mo', ['moderator']), body: { standing: 'muted' } });
    const muted = await comment('troll', 'c', 'Into the void');
    await settle();

    const { headers } = await start({ kind: 'reject-member', memberId: 'troll', days: 1 });
    await settle();
    expect((await moderate(headers.location as '/')).json).toMatchObject({ state: 'done', examined: 61, changed: 58 });
    expect(await Promise.all([ids[0]!, ids[1]!, ids[2]!, muted, other].map(statusOf))).toEqual([
      'rejected',
      'spam',
      'deleted',
      'muted',
      'approved',
    ]);
    await clean('c');
    await clean('d');
  });
});

describe('a job', () => {
  const unknown = '0199f2f0-0000-7000-8000-000000000000';

  it.each([
    ['an unknown kind', { kind: 'reject-all' }],
    ['a branch without a comment', { kind: 'reject-branch', articleId: 'a' }],
    ['a comment that is not there', { kind: 'reject-branch', articleId: 'a', commentId: unknown }],
    ['no days', { kind: 'reject-member', memberId: 'troll' }],
    ['too many days', { kind: 'reject-member', memberId: 'troll', days: 366 }],
    ['a field too many', { kind: 'reject-member', memberId: 'troll', days: 1, colour: 1 }],
  ])('is refused with %s', async (_, body) => {
    expectProblem(await start(body), 422, 'invalid');
  });

  it('is for moderators, and only theirs are shown to them', async () => {
    expect((await start({ kind: 'reject-member', memberId: 'troll', days: 1 }, [])).status).toBe(403);
    expect((await moderate(`/v1/moderation/jobs/${unknown}`)).status).toBe(404);
    const erasure = await call('DELETE /v1/me', { token: await tokenOf('fay') });
    expect((await moderate(`/v1/moderation/jobs/${erasure.json.id}`)).status).toBe(404);
    await settle();
  });
});
