import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, openNewsroom, publish } from '../support/newsroom.ts';
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
});
