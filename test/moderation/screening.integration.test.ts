import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, moderate, openNewsroom, post, publish, putPolicy, read } from '../support/newsroom.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;
let articles = 0;

beforeAll(async () => {
  settle = await openNewsroom();
});

/** Where a comment stands, as its author is told. */
async function standing(member: string, article: string, id: string): Promise<string> {
  const own = (await call(`GET /v1/articles/${article}/me`, { token: await tokenOf(member) })).json.comments;
  return own.find((each: { id: string }) => each.id === id)?.status ?? (await read(`/v1/articles/${article}/comments/${id}`)).json.status;
}

/** Posts on an article, settles, and tells where the comment stands then. */
async function outcome(member: string, article: string, body: string): Promise<string> {
  const id = await comment(member, article, body);
  await settle();
  return standing(member, article, id);
}

/** A new article for each test. */
async function newArticle(commenting: object = {}): Promise<string> {
  articles += 1;
  await publish(`a${articles}`, { commenting });
  return `a${articles}`;
}

describe('repetition', () => {
  beforeEach(() => putPolicy({}).then(() => undefined));

  it('of one’s own text is rejected, whatever its case and spacing, on any article', async () => {
    const [here, there] = [await newArticle(), await newArticle()];
    expect(await outcome('ann', here, 'Buy my book')).toBe('approved');
    expect(await outcome('ann', here, 'BUY   my\nbook')).toBe('rejected');
    expect(await outcome('ann', there, 'buy my book')).toBe('rejected');
  });

  it('of what somebody else wrote is fine', async () => {
    const article = await newArticle();
    expect(await outcome('ann', article, 'I agree.')).toBe('approved');
    expect(await outcome('ben', article, 'I agree.')).toBe('approved');
  });

  it('is seen though both are posted at the same moment: one of them goes through', async () => {
    const article = await newArticle();
    const posted = await Promise.all([post('dan', article, 'me first'), post('dan', article, 'me first')]);
    await settle();
    const outcomes = await Promise.all(posted.map(({ json }) => standing('dan', article, json.id)));
    expect(outcomes.sort()).toEqual(['approved', 'rejected']);
  });

  it('is no matter when the policy asks for no minutes', async () => {
    const article = await newArticle();
    await putPolicy({ repeat: { minutes: 0 } });
    expect(await outcome('eve', article, 'once more')).toBe('approved');
    expect(await outcome('eve', article, 'once more')).toBe('approved');
  });

  it('holds when the policy asks to hold', async () => {
    const article = await newArticle();
    await putPolicy({ repeat: { action: 'hold' } });
    expect(await outcome('fay', article, 'and again')).toBe('approved');
    expect(await outcome('fay', article, 'and again')).toBe('held');
  });
});

describe('newcomers', () => {
  it('wait until as many of their comments as the policy asks for are approved', async () => {
    const article = await newArticle();
    await putPolicy({ newcomers: { comments: 2 } });
    const [first, second] = [await comment('gus', article, 'hello'), await comment('gus', article, 'me again')];
    await settle();
    expect([await standing('gus', article, first), await standing('gus', article, second)]).toEqual(['held', 'held']);
    await decide(article, first, 'approve');
    await settle();
    expect(await outcome('gus', article, 'and now?')).toBe('held');
    await decide(article, second, 'approve');
    await settle();
    expect(await outcome('gus', article, 'at last')).toBe('approved');
    await putPolicy({});
  });
});

describe('modes', () => {
  it.each([
    ['open', 'approved', 'approved'],
    ['screened', 'pending', 'approved'],
    ['moderated', 'pending', 'held'],
  ])('%s: a comment is %s at first and %s when it has been screened', async (mode, atFirst, afterwards) => {
    const article = await newArticle({ mode });
    const posted = await post('hal', article, `in mode ${mode}`);
    expect(posted.json.status).toBe(atFirst);
    await settle();
    expect(await standing('hal', article, posted.json.id)).toBe(afterwards);
  });

  it('of the policy hold for articles that name none', async () => {
    const [follows, names] = [await newArticle(), await newArticle({ mode: 'screened' })];
    await putPolicy({ mode: 'moderated' });
    expect(await outcome('ida', follows, 'one')).toBe('held');
    expect(await outcome('ida', names, 'two')).toBe('approved');
    await putPolicy({});
  });
});

describe('a policy that is put in force', () => {
  it('decides on the very next comment', async () => {
    const article = await newArticle();
    expect(await outcome('joe', article, 'a rotten tomato')).toBe('approved');
    await putPolicy({ bannedPhrases: ['rotten tomato'] });
    expect(await outcome('joe', article, 'another Rotten, Tomato')).toBe('rejected');
    await putPolicy({});
    expect(await outcome('joe', article, 'a third rotten tomato')).toBe('approved');
  });

  it('decides on a comment that was posted before it but not screened yet', async () => {
    const article = await newArticle();
    const id = await comment('kim', article, 'a rotten melon');
    const { json } = await putPolicy({ suspectPhrases: ['rotten melon'] });
    await settle();
    const { items } = (await moderate('/v1/moderation/queues/held', { query: { limit: '100' } })).json;
    const waiting = items.find((item: { id: string }) => item.id === id);
    expect(waiting.verdict).toMatchObject({ outcome: 'held', policyVersion: json.version });
    await putPolicy({});
  });

  it('leaves alone what has been decided under another', async () => {
    const article = await newArticle();
    const id = await comment('lea', article, 'a rotten pear');
    await settle();
    await putPolicy({ bannedPhrases: ['rotten pear'] });
    await settle();
    expect(await standing('lea', article, id)).toBe('approved');
    await putPolicy({});
  });
});
