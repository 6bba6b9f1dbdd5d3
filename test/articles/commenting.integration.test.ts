import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ageCaches } from '../support/caches.ts';
import { call } from '../support/call.ts';
import { comment, decide, heldSize, post, publish, putPolicy, read } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = settler(await createTable());
  await putPolicy({ bannedPhrases: ['very bad'] });
});

const bodies = async (articleId: string) =>
  (await read(`/v1/articles/${articleId}/comments`)).json.items.map(({ body }: { body: string }) => body);
const count = async (articleId: string) => (await read('/v1/counts', { articles: articleId })).json.counts[articleId];

/** Changes how an article takes comments, as a moderator does. */
async function change(articleId: string, commenting: object) {
  const answer = await call(`PATCH /v1/articles/${articleId}`, { token: await tokenOf('mod', ['moderator']), body: { commenting } });
  await ageCaches();
  return answer;
}

describe('an article whose mode is', () => {
  it('open shows a comment at once, and screens it after', async () => {
    await publish('open', { commenting: { mode: 'open' } });
    expect((await post('open-1', 'open', 'quite good')).json.status).toBe('approved');
    expect((await post('open-2', 'open', 'a very bad thing')).json.status).toBe('approved');
    expect(await bodies('open')).toEqual(['a very bad thing', 'quite good']);
    await settle();
    expect(await bodies('open')).toEqual(['quite good']);
    expect(await count('open')).toBe(1);
  });

  it('screened shows a comment when screening lets it pass', async () => {
    await publish('screened', { commenting: { mode: 'screened' } });
    expect((await post('screened-1', 'screened', 'quite good')).json.status).toBe('pending');
    expect((await post('screened-2', 'screened', 'a very bad thing')).json.status).toBe('pending');
    expect(await bodies('screened')).toEqual([]);
    await settle();
    expect(await bodies('screened')).toEqual(['quite good']);
    expect(await count('screened')).toBe(1);
  });

  it('moderated shows a comment when a moderator says so', async () => {
    await publish('moderated', { commenting: { mode: 'moderated' } });
    const before = await heldSize();
    const [good, other] = [await comment('moderated-1', 'moderated', 'quite good'), await comment('moderated-2', 'moderated', 'also good')];
    await comment('moderated-3', 'moderated', 'a very bad thing');
    await settle();
    expect(await bodies('moderated')).toEqual([]);
    expect(await heldSize()).toBe(before + 2);
    await decide('moderated', good, 'approve');
    await decide('moderated', other, 'reject');
    await settle();
    expect(await bodies('moderated')).toEqual(['quite good']);
    expect(await count('moderated')).toBe(1);
    expect(await heldSize()).toBe(before);
  });

  it('changed holds for what is posted from then on', async () => {
    await publish('changed', { commenting: { mode: 'moderated' } });
    await comment('changed-1', 'changed', 'waits');
    await settle();
    await change('changed', { mode: 'screened' });
    await comment('changed-2', 'changed', 'passes');
    await settle();
    expect(await bodies('changed')).toEqual(['passes']);
  });
});

describe('comments on an article', () => {
  afterEach(() => vi.useRealTimers());

  it('close by themselves when closesAt comes', async () => {
    const closesAt = new Date(Date.now() + 10 * 60_000).toISOString();
    await publish('closing', { commenting: { closesAt } });
    expect((await post('closing-1', 'closing', 'in time')).status).toBe(201);
    expect((await read('/v1/articles/closing')).json.commenting).toMatchObject({ open: true, closesAt });

    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(closesAt) - 1 });
    expect((await post('closing-2', 'closing', 'just in time')).status).toBe(201);
    vi.setSystemTime(Date.parse(closesAt));
    expectProblem(await post('closing-3', 'closing', 'too late'), 409, 'comments-closed');
    expect((await read('/v1/articles/closing')).json.commenting).toMatchObject({ open: false, closesAt });
    expect((await read('/v1/articles')).json.items.find(({ id }: { id: string }) => id === 'closing').commenting.open).toBe(false);
  });

  it('stay to be read when it is closed, and open again when a moderator says so', async () => {
    await publish('closed');
    const first = await comment('closed-1', 'closed', 'before');
    await settle();
    await change('closed', { open: false });
    expect(await bodies('closed')).toEqual(['before']);
    expectProblem(await post('closed-2', 'closed', 'after'), 409, 'comments-closed');
    expectProblem(await post('closed-2', 'closed', 'a reply', first), 409, 'comments-closed');
    await change('closed', { open: true });
    expect((await post('closed-2', 'closed', 'again')).status).toBe(201);
  });

  it('open again when closesAt is moved on or taken away', async () => {
    await publish('moved', { commenting: { closesAt: '2026-01-01T00:00:00Z' } });
    expectProblem(await post('moved-1', 'moved', 'too late'), 409, 'comments-closed');
    for (const closesAt of ['2100-01-01T00:00:00.000Z', null]) {
      const { json } = await change('moved', { closesAt });
      expect(json.commenting).toMatchObject({ open: true, closesAt });
      expect((await post('moved-1', 'moved', `open until ${closesAt}`)).status).toBe(201);
    }
  });
});
