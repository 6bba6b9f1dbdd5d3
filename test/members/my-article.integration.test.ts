import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, publish, putPolicy } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
});

describe('what the public list cannot show a member', () => {
  it('is their own unapproved comments on this article, newest first, as they wrote them', async () => {
    await publish('mine', { commenting: { mode: 'moderated' } });
    await publish('elsewhere', { commenting: { mode: 'moderated' } });
    const waiting = await comment('dora', 'mine', 'one');
    const rejected = await comment('dora', 'mine', 'two');
    const approved = await comment('dora', 'mine', 'three');
    await comment('dora', 'elsewhere', 'four');
    await comment('ben', 'mine', 'five');
    await settle();
    await decide('mine', rejected, 'reject');
    await decide('mine', approved, 'approve');
    const pending = await comment('dora', 'mine', 'six');
    const { status, json } = await call('GET /v1/articles/mine/me', { token: await tokenOf('dora') });
    expect(status).toBe(200);
    expect(json.reactions).toEqual({});
    expect(json.comments.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
      [pending, 'pending'],
      [rejected, 'rejected'],
      [waiting, 'held'],
    ]);
    expect(json.comments[2]).toMatchObject({ body: 'one', html: '<p>one</p>', author: { id: 'dora' } });
  });

  it('is found below a hundred that everybody sees', async () => {
    await publish('busy');
    await putPolicy({ suspectPhrases: ['snake oil'] });
    const held = await comment('eva', 'busy', 'Snake oil, a long time ago');
    for (let n = 0; n < 110; n += 1) await comment('eva', 'busy', `In public, number ${n}`);
    await settle();
    const { json } = await call('GET /v1/articles/busy/me', { token: await tokenOf('eva') });
    expect(json.comments).toMatchObject([{ id: held, status: 'held' }]);
  });

  it('is nothing where there is no article', async () => {
    const answer = await call('GET /v1/articles/nobody-knows-it/me', { token: await tokenOf('eva') });
    expectProblem(answer, 404, 'not-found');
  });
});
