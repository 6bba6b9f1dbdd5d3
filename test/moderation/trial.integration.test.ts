import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPolicy } from '#moderation/rules/policy.ts';
import { readyPolicy } from '#moderation/rules/screen.ts';
import { call } from '../support/call.ts';
import { answering, CheckServer } from '../support/check-server.ts';
import { parseAnswer } from '../support/contract.ts';
import { comment, decide, moderate, openNewsroom, publish, putPolicy } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { sharedData } from '../support/shared-data.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

vi.mock('#moderation/rules/screen.ts', async (original) => {
  const real = await original<typeof import('#moderation/rules/screen.ts')>();
  return { ...real, readyPolicy: vi.fn(real.readyPolicy) };
});

const server = new CheckServer();
let settle: () => Promise<void>;

beforeAll(async () => {
  await server.start();
  settle = await openNewsroom();
  for (const id of ['a', 'moderated', 'gone']) await publish(id, { commenting: { mode: id === 'moderated' ? id : null } });
});
afterAll(() => server.stop());

/** Every test tries its policies on what it has posted itself. */
let since: string;
beforeEach(async () => {
  await putPolicy({ repeat: { minutes: 0 } });
  since = new Date().toISOString();
});

/** Asks for a trial; whatever is answered has to be what is published. */
async function ask(body: unknown, roles = ['moderator']) {
  const answer = await call('POST /v1/moderation/policy/trial', { token: await tokenOf('mod', roles), body });
  parseAnswer('tryPolicy', answer);
  return answer;
}

/** Tries a policy on what was posted since the test began; tells the changed comments in the order of their ids. */
async function trial(policy: object) {
  const answer = await ask({ policy: { record: { minDecided: 1_000 }, ...policy }, since });
  expect(answer.status).toBe(200);
  return { ...answer.json, changed: answer.json.changed.sort(byId) };
}

const byId = (a: { commentId: string }, b: { commentId: string }) => (a.commentId < b.commentId ? -1 : 1);

const none = { approve: 0, hold: 0, reject: 0 };

/** The ids of what would have come out otherwise, and as what. */
const changes = ({ changed }: { changed: { commentId: string; to: string }[] }) =>
  Object.fromEntries(changed.map(({ commentId, to }) => [commentId, to]));

/** Posts and settles. */
async function posted(member: string, body: string, article = 'a'): Promise<string> {
  const id = await comment(member, article, body);
  await settle();
  return id;
}

describe('the sample page', () => {
  const { comments } = JSON.parse(readFileSync(sharedData('ceasefire-article.json'), 'utf8')) as {
    comments: { author: { name: string }; body: string }[];
  };

  async function importPage(article: string): Promise<void> {
    await publish(article);
    for (const { author, body } of comments) await comment(`${author.name} of ${article}`, article, body);
    await settle();
  }

  it('stays as it is under the default policy', async () => {
    await importPage('ceasefire');
    const answer = await ask({ policy: {}, since });
    expect(answer.json).toEqual({
      examined: 18,
      outcomes: { approve: 18, hold: 0, reject: 0 },
      changed: [],
      decided: { approved: none, rejected: none },
      nextCursor: null,
    });
  });

  it('loses under a banned phrase exactly the comments that have it, each with the words that made it', async () => {
    await importPage('again');
    const having = comments.filter(({ body }) => /\bpeace\b/i.test(body)).length;
    const { examined, outcomes, changed } = await trial({ bannedPhrases: ['peace'] });
    expect(having).toBeGreaterThan(2);
    expect({ examined, outcomes }).toEqual({ examined: 18, outcomes: { approve: 18 - having, hold: 0, reject: having } });
    expect(changed).toHaveLength(having);
    for (const each of changed) {
      expect(each).toMatchObject({ articleId: 'again', from: 'approved', to: 'rejected', decided: false });
      expect(each.rules[0]).toMatchObject({ rule: 'bannedPhrases', action: 'reject', evidence: expect.stringMatching(/^“peace” at/i) });
    }
  });
});

describe('a trial', () => {
  it('changes nothing: it writes nothing, asks no check and leaves the policy in force', async () => {
    await putPolicy({ checks: [{ name: 'tone', url: server.url(), timeoutMs: 5_000 }] });
    const id = await posted('ann', 'a rotten tomato');
    const before = await scanTable();
    server.does(answering({ action: 'spam' }));
    const policy = { bannedPhrases: ['rotten tomato'], checks: [{ name: 'other', url: server.url('/other') }] };
    const units = await unitsOf(async () => expect(changes(await trial(policy))).toEqual({ [id]: 'rejected' }));
    expect(units.write).toBe(0);
    expect([...new Set(units.calls)].sort()).toEqual(['BatchGetItem', 'Query']);
    await settle();
    expect(await scanTable()).toEqual(before);
    expect(server.asked).toEqual([]);
  });

  it('takes the very document that was read', async () => {
    const { json } = await moderate('/v1/moderation/policy');
    expect((await ask({ policy: json, since })).json).toMatchObject({ examined: 0, outcomes: none, changed: [], nextCursor: null });
  });

  it('tells spam as spam, and counts it among the rejected', async () => {
    const id = await posted('ann', 'see https://a.example');
    const { outcomes, changed } = await trial({ links: { max: 0, action: 'spam' } });
    expect({ outcomes, changed }).toMatchObject({ outcomes: { ...none, reject: 1 }, changed: [{ commentId: id, to: 'spam' }] });
  });

  it('frees what a milder policy would have let go', async () => {
    await putPolicy({ suspectPhrases: ['snake oil'] });
    const id = await posted('ann', 'nothing but snake oil');
    expect(await trial({ suspectPhrases: ['snake oil'] })).toMatchObject({ outcomes: { ...none, hold: 1 }, changed: [] });
    expect(await trial({})).toMatchObject({ changed: [{ commentId: id, from: 'held', to: 'approved', rules: [], decided: false }] });
  });

  it('follows the mode of the policy where the article has none of its own', async () => {
    const follows = await posted('ann', 'one');
    await posted('ann', 'two', 'moderated');
    expect(changes(await trial({ mode: 'moderated' }))).toEqual({ [follows]: 'held' });
    expect(changes(await trial({ mode: 'screened' }))).toEqual({});
  });

  it('looks at comments of a removed article, and passes over what is being screened or was deleted', async () => {
    const kept = await posted('ann', 'on its way out', 'gone');
    const deleted = await posted('ann', 'a slip');
    await call(`DELETE /v1/articles/a/comments/${deleted}`, { token: await tokenOf('ann') });
    await call('DELETE /v1/articles/gone', { token: await tokenOf('desk', ['publisher']) });
    await settle();
    await comment('ann', 'a', 'not screened yet');
    const { examined, changed } = await trial({ mode: 'moderated' });
    expect({ examined, changed }).toMatchObject({ examined: 1, changed: [{ articleId: 'gone', commentId: kept }] });
    await settle();
  });

  it('reads the text after its last edit', async () => {
    const { json, headers } = await call('POST /v1/articles/a/comments', { token: await tokenOf('ann'), body: { body: 'a rotten pear' } });
    await settle();
    const edit = { token: await tokenOf('ann'), body: { body: 'a ripe pear' }, headers: { 'if-match': String(headers.etag) } };
    expect((await call(`PATCH /v1/articles/a/comments/${json.id}`, edit)).status).toBe(200);
    await settle();
    expect(changes(await trial({ bannedPhrases: ['rotten pear'] }))).toEqual({});
    expect(changes(await trial({ bannedPhrases: ['ripe pear'] }))).toEqual({ [json.id]: 'rejected' });
  });

  it('makes a policy ready once for all its calls, and once more for another', async () => {
    const prepared = vi.mocked(readyPolicy);
    const policy = { bannedPhrases: ['a phrase of this test alone'] };
    prepared.mockClear();
    await trial(policy);
    await trial(policy);
    expect(prepared).toHaveBeenCalledTimes(1);
    await trial({ ...policy, links: { max: 7 } });
    expect(prepared).toHaveBeenCalledTimes(2);
  });
});

describe('what screening knew of the author', () => {
  it('is known again: a repetition is one by what was said before', async () => {
    const first = await posted('bea', 'Buy my book');
    const second = await posted('bea', 'buy  MY book');
    const { changed } = await trial({ repeat: { minutes: 60 } });
    expect(changed).toMatchObject([{ commentId: second, to: 'rejected', rules: [{ rule: 'repeat' }] }]);
    expect(changed[0].rules[0].evidence).toContain(first);
  });

  it('counts for newcomers only what was approved before, however much has been since', async () => {
    const ids: string[] = [];
    for (const text of ['first', 'second', 'third']) ids.push(await posted('cleo', text));
    await decide('a', ids[1]!, 'reject');
    await settle();
    ids.push(await posted('cleo', 'fourth'));
    const { changed } = await trial({ newcomers: { comments: 2 } });
    expect(changed.map(({ commentId, rules }: { commentId: string; rules: object[] }) => [commentId, rules])).toEqual(
      [0, 1, 1].map((approved, n) => [
        ids[n],
        [{ rule: 'newcomers', action: 'hold', evidence: `${approved} approved comments so far, 2 are asked for` }],
      ]),
    );
  });

  it('is looked for further back where the last comments of an author do not show it', async () => {
    await putPolicy({ repeat: { minutes: 0 }, bannedPhrases: ['vile'] });
    for (let n = 0; n < 3; n += 1) await comment('fern', 'a', `fair ${n}`);
    for (let n = 0; n < 15; n += 1) await comment('fern', 'a', `vile ${n}`);
    await settle();
    since = new Date().toISOString();
    const id = await posted('fern', 'fair again');
    expect(changes(await trial({ newcomers: { comments: 3 } }))).toEqual({});
    const { changed } = await trial({ newcomers: { comments: 4 } });
    expect(changed).toMatchObject([{ commentId: id, rules: [{ evidence: '3 approved comments so far, 4 are asked for' }] }]);
  });

  it('counts for the record only what had been posted before', async () => {
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three', 'four', 'five']) ids.push(await posted('dora', text));
    for (const id of ids.slice(0, 3)) await decide('a', id, 'reject');
    await settle();
    const { changed } = await trial({ record: { minDecided: 3, rejectedShare: 0.9 } });
    const recorded = changed.filter(({ rules }: { rules: { rule: string }[] }) => rules.some(({ rule }) => rule === 'record'));
    expect(recorded).toMatchObject([
      { commentId: ids[3], to: 'held', rules: [{ evidence: '3 of 3 decided in the last 7 days were rejected' }] },
    ]);
  });
});

describe('a check that the policy names', () => {
  it('counts by what it said when the comment was screened, and is not asked again', async () => {
    await putPolicy({ checks: [{ name: 'tone', url: server.url(), timeoutMs: 5_000 }] });
    server.does(answering({ action: 'hold', evidence: 'scores 0.93' }));
    const id = await posted('ann', 'an angry comment');
    server.does(answering({ action: 'approve' }));
    const checks = [{ name: 'tone', url: server.url('/moved') }];
    expect(await trial({ checks })).toMatchObject({ outcomes: { ...none, hold: 1 }, changed: [] });
    expect(await trial({})).toMatchObject({ changed: [{ commentId: id, from: 'held', to: 'approved' }] });
    // What the rules reject, a check is never asked about.
    const rejected = await trial({ checks, bannedPhrases: ['angry'] });
    expect(rejected.changed).toMatchObject([{ to: 'rejected', rules: [{ rule: 'bannedPhrases' }] }]);
    expect(rejected.changed[0].rules).toHaveLength(1);
    expect(server.asked).toEqual([]);
  });
});

describe('reports', () => {
  it('count as they came in, whatever a moderator answered them with', async () => {
    const id = await posted('ann', 'somewhat off topic');
    for (const reader of ['r1', 'r2']) {
      const report = { token: await tokenOf(reader), body: { reason: 'off-topic' } };
      expect((await call(`POST /v1/articles/a/comments/${id}/reports`, report)).status).toBe(201);
    }
    await settle();
    await decide('a', id, 'approve');
    await settle();
    expect(changes(await trial({ reports: { holdAt: 3 } }))).toEqual({});
    expect(await trial({ reports: { holdAt: 2 } })).toMatchObject({
      changed: [{ commentId: id, from: 'approved', to: 'held', decided: true, rules: [{ rule: 'reports' }] }],
      decided: { approved: { ...none, hold: 1 } },
    });
  });
});

describe('what moderators decided', () => {
  it('is compared with what the policy would have done', async () => {
    const approve = await posted('eve', 'sweet plum');
    await putPolicy({ mode: 'moderated' });
    const held = await Promise.all(['ripe plum', 'rotten plum', 'mouldy plum', 'plum'].map((text) => comment('eve', 'a', text)));
    await settle();
    const [ripe = '', rotten = '', mouldy = '', open = ''] = held;
    for (const id of [ripe, rotten]) await decide('a', id, 'approve');
    await decide('a', mouldy, 'reject');
    await decide('a', approve, 'spam');
    await settle();

    const { examined, decided, changed } = await trial({ bannedPhrases: ['rotten', 'mouldy'] });
    expect({ examined, decided }).toEqual({
      examined: 5,
      decided: { approved: { approve: 1, hold: 0, reject: 1 }, rejected: { approve: 1, hold: 0, reject: 1 } },
    });
    expect(changed.map(({ rules: _, articleId: __, ...each }: { rules: unknown; articleId: string }) => each)).toEqual(
      [
        { commentId: approve, from: 'spam', to: 'approved', decided: true },
        { commentId: rotten, from: 'approved', to: 'rejected', decided: true },
        { commentId: open, from: 'held', to: 'approved', decided: false },
      ].sort(byId),
    );
  });
});

describe('a trial is refused', () => {
  it('to whoever is no moderator', async () => {
    expectProblem(await ask({ policy: {}, since }, []), 403, 'forbidden');
    expectProblem(await ask({ policy: {}, since }, ['publisher']), 403, 'forbidden');
    expectProblem(await call('POST /v1/moderation/policy/trial', { body: { policy: {}, since } }), 401, 'unauthenticated');
    expect((await ask({ policy: {}, since }, ['admin'])).status).toBe(200);
  });

  const day = 86_400_000;
  const at = (offset: number) => new Date(Date.now() + offset).toISOString();

  it.each<[object, string]>([
    [{ policy: { bannedPhrase: ['x'] } }, '/policy/bannedPhrase'],
    [{ policy: { links: { maximum: 1 } } }, '/policy/links/maximum'],
    [{ policy: { bannedPhrases: ['ok', '!!!'] } }, '/policy/bannedPhrases/1'],
    [{ policy: undefined }, '/policy'],
    [{ since: undefined }, '/since'],
    [{ since: 'yesterday' }, '/since'],
    [{ since: at(60_000) }, '/since'],
    [{ since: at(-91 * day) }, '/since'],
    [{ cursor: 1 }, '/cursor'],
    [{ limit: 1 }, '/limit'],
  ])('as 422 where its body breaks a rule: %j', async (fields, path) => {
    const answer = await ask({ policy: {}, since, ...fields });
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toMatchObject([{ path }]);
  });

  it('not for a period that begins 90 days ago', async () => {
    expect((await ask({ policy: {}, since: at(-90 * day + 60_000) })).status).toBe(200);
  });

  it('as 400 for a malformed cursor', async () => {
    for (const cursor of ['', 'x', 'A'.repeat(40), 'A'.repeat(600)]) {
      const answer = await ask({ policy: {}, since, cursor });
      expectProblem(answer, 400, 'bad-cursor');
      expect(answer.json.errors).toMatchObject([{ path: '/cursor' }]);
    }
  });
});

it('the default policy is what an empty document means', async () => {
  await posted('ann', 'HOW LOUD MAY I BE IN HERE');
  expect((await ask({ policy: {}, since })).json).toEqual((await ask({ policy: defaultPolicy, since })).json);
});
