import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, type TestResponse } from '../support/call.ts';
import { parseAnswer } from '../support/contract.ts';
import { comment, decide, moderate, openNewsroom, publish, walk } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';
import { writeWaiting } from '../support/waiting.ts';

let settle: () => Promise<void>;
/** Comments by what they say, in the order in which they were posted. */
const posted = new Map<string, { id: string; createdAt: string }>();

async function say(member: string, article: string, body: string): Promise<string> {
  const id = await comment(member, article, body);
  posted.set(body, { id, createdAt: (await search({ article })).json.items.find((item: { id: string }) => item.id === id).createdAt });
  return id;
}

async function search(query: Record<string, string>): Promise<TestResponse> {
  const answer = await moderate('/v1/moderation/search', { query });
  parseAnswer('searchComments', answer);
  return answer;
}

/** What is found over all pages, as what it says. */
async function found(query: Record<string, string>): Promise<string[]> {
  const pages = await walk('/v1/moderation/search', { token: await tokenOf('mod', ['moderator']), query });
  return pages.flat().map(({ body }) => body);
}

const timeOf = (body: string) => posted.get(body)?.createdAt ?? '';

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
  await publish('a2');
  await publish('m1', { commenting: { mode: 'moderated' } });
  await say('ann', 'a1', 'one');
  await say('ben', 'a1', 'two');
  const three = await say('ann', 'a1', 'three');
  await say('ann', 'a2', 'four');
  await say('ann', 'm1', 'five');
  await settle();
  await decide('a1', three, 'reject');
  await settle();
  await say('ann', 'a1', 'six');
});

describe('a search', () => {
  it.each<[Record<string, string>, string[]]>([
    [{ article: 'a1' }, ['six', 'three', 'two', 'one']],
    [{ article: 'a1', limit: '1' }, ['six', 'three', 'two', 'one']],
    [{ author: 'ann' }, ['six', 'five', 'four', 'three', 'one']],
    [{ author: 'ann', limit: '2' }, ['six', 'five', 'four', 'three', 'one']],
    [{ author: 'ann', article: 'a1' }, ['six', 'three', 'one']],
    [{ author: 'ann', article: 'a1', limit: '1' }, ['six', 'three', 'one']],
    [{ article: 'a1', status: 'approved' }, ['two', 'one']],
    [{ article: 'a1', status: 'rejected' }, ['three']],
    [{ author: 'ann', status: 'held' }, ['five']],
    [{ author: 'ann', status: 'pending' }, ['six']],
    [{ author: 'ann', status: 'spam' }, []],
    [{ author: 'nobody' }, []],
    [{ article: 'unknown' }, []],
  ])('by %j finds comments in every status that is asked for, newest first', async (query, bodies) => {
    expect(await found(query)).toEqual(bodies);
  });

  it('finds what was posted from one moment on and before another', async () => {
    const [since, until] = [timeOf('two'), timeOf('five')];
    expect(await found({ author: 'ann', since, until })).toEqual(['four', 'three']);
    expect(await found({ article: 'a1', since })).toEqual(['six', 'three', 'two']);
    expect(await found({ article: 'a1', until: since, limit: '1' })).toEqual(['one']);
    expect(await found({ article: 'a1', since: until, until: since })).toEqual([]);
    expect(await found({ article: 'a1', since: '0001-01-01T00:00:00Z', until: '9999-12-31T23:59:59Z' })).toHaveLength(4);
  });

  it('knows of a decision that was only just taken', async () => {
    await decide('a1', posted.get('two')?.id ?? '', 'spam');
    expect(await found({ article: 'a1', status: 'spam' })).toEqual(['two']);
    await decide('a1', posted.get('two')?.id ?? '', 'approve');
    await settle();
  });

  it('goes on where an article is off public view', async () => {
    await call('DELETE /v1/articles/a2', { token: await tokenOf('desk', ['publisher']) });
    expect(await found({ article: 'a2' })).toEqual(['four']);
  });

  it('looks at 500 comments a page at most, and its cursor goes on past them', async () => {
    await publish('busy');
    await say('cyn', 'busy', 'wanted');
    const others = Array.from({ length: 540 }, (_, n) => ({ id: uuidv7(), articleId: 'busy', author: `m-${n % 20}`, body: `number ${n}` }));
    await writeWaiting(others);
    await decide('busy', posted.get('wanted')?.id ?? '', 'reject');
    const units = await unitsOf(async () => {
      const { json } = await search({ article: 'busy', status: 'rejected' });
      expect(json).toMatchObject({ items: [], nextCursor: expect.any(String) });
    });
    expect(units.calls).toHaveLength(10);
    expect(await found({ article: 'busy', status: 'rejected' })).toEqual(['wanted']);
    const plain = await unitsOf(() => search({ article: 'busy' }));
    expect(plain.calls).toEqual(['Query', 'BatchGetItem']);
  });
});

describe('a search is refused', () => {
  it.each<[Record<string, string>, string]>([
    [{}, ''],
    [{ status: 'held' }, ''],
    [{ article: 'a b' }, '/article'],
    [{ author: 'ann\nreports' }, '/author'],
    [{ article: 'a1', status: 'removed' }, '/status'],
    [{ article: 'a1', since: 'today' }, '/since'],
    [{ article: 'a1', until: '2026' }, '/until'],
    [{ article: 'a1', limit: '0' }, '/limit'],
  ])('as 400 for %j', async (query, path) => {
    const answer = await moderate('/v1/moderation/search', { query });
    expectProblem(answer, 400, 'malformed-request');
    expect(answer.json.errors).toMatchObject([{ path }]);
  });

  it('with the cursor of another search', async () => {
    const { nextCursor } = (await search({ article: 'a1', limit: '1' })).json;
    expectProblem(await moderate('/v1/moderation/search', { query: { article: 'm1', cursor: nextCursor } }), 400, 'bad-cursor');
  });
});
