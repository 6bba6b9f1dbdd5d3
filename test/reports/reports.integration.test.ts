import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, moderate, openNewsroom, publish, read } from '../support/newsroom.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a');
});

const report = async (member: string, id: string, body: object = { reason: 'abuse' }) =>
  call(`POST /v1/articles/a/comments/${id}/reports`, { token: await tokenOf(member), body });
const told = async (member: string) => (await call('GET /v1/articles/a/me', { token: await tokenOf(member) })).json.reports;
const queue = async (name: 'held' | 'reported') => (await moderate(`/v1/moderation/queues/${name}`)).json.items;
const sizes = async () =>
  Object.fromEntries(
    (await moderate('/v1/moderation/queues')).json.queues.map(({ name, size }: { name: string; size: number }) => [name, size]),
  );

async function shownComment(text: string): Promise<string> {
  const id = await comment('ann', 'a', text);
  await settle();
  return id;
}

describe('a report', () => {
  it('puts an approved comment before the moderators, with its reason, and leaves it visible', async () => {
    const id = await shownComment('Reported once');

    expect(await report('bob', id, { reason: 'spam', note: 'sells things' })).toMatchObject({ status: 201, json: { reason: 'spam' } });
    await settle();

    expect(await queue('reported')).toMatchObject([{ id, status: 'approved', reports: { count: 1, reasons: { spam: 1 } } }]);
    expect((await sizes()).reported).toBe(1);
    expect((await read(`/v1/articles/a/comments/${id}`)).status).toBe(200);

    await decide('a', id, 'approve');
    await settle();
    expect(await queue('reported')).toEqual([]);
    expect((await sizes()).reported).toBe(0);
  });

  it('counts once per member: again it is answered unchanged', async () => {
    const id = await shownComment('Reported twice');
    await report('bob', id, { reason: 'spam' });
    expect(await report('bob', id, { reason: 'abuse' })).toMatchObject({ status: 200, json: { reason: 'spam' } });
    await settle();
    expect((await queue('reported'))[0].reports).toEqual({ count: 1, reasons: { spam: 1 } });
    await decide('a', id, 'approve');
    await settle();
  });

  it('holds the comment when there are as many as the policy says, and the verdict tells why', async () => {
    const id = await shownComment('Reported by many');
    for (const member of ['bob', 'cyn', 'dan']) await report(member, id);
    await settle();

    expect((await read(`/v1/articles/a/comments/${id}`)).status).toBe(404);
    expect(await queue('held')).toMatchObject([
      { id, verdict: { outcome: 'held', rules: [{ rule: 'reports', action: 'hold', evidence: expect.stringContaining('abuse 3') }] } },
    ]);

    await decide('a', id, 'approve');
    await settle();
    expect((await read(`/v1/articles/a/comments/${id}`)).json.status).toBe('approved');
  });

  it('brings a comment back however often it was approved', async () => {
    const id = await shownComment('Approved and reported again');
    await report('bob', id);
    await settle();
    await decide('a', id, 'approve');
    await settle();

    await report('cyn', id);
    await settle();

    expect(await queue('reported')).toMatchObject([{ id, reports: { count: 2 } }]);
    await decide('a', id, 'reject');
    await settle();
    expect(await sizes()).toEqual({ held: 0, reported: 0, appeals: 0 });
  });

  it('tells whoever made it what came of it, on the article and when it is sent again', async () => {
    const [open, kept, removed, spam, deleted] = [
      await shownComment('Nobody has looked yet'),
      await shownComment('Looked at and kept'),
      await shownComment('Looked at and removed'),
      await shownComment('Called spam'),
      await shownComment('Taken back'),
    ];
    const all = [open, kept, removed, spam, deleted];
    await decide('a', open, 'approve');
    for (const id of all) expect((await report('eli', id)).json).toMatchObject({ reason: 'abuse', outcome: 'open' });
    expect(await told('eli')).toEqual(Object.fromEntries(all.map((id) => [id, { reason: 'abuse', outcome: 'open' }])));
    await settle();
    await decide('a', kept, 'approve');
    await decide('a', removed, 'reject');
    await decide('a', spam, 'spam');
    await call(`DELETE /v1/articles/a/comments/${deleted}`, { token: await tokenOf('ann') });

    const outcomes = { [open]: 'open', [kept]: 'kept', [removed]: 'removed', [spam]: 'removed', [deleted]: 'removed' };
    for (const settled of [false, true]) {
      if (settled) await settle();
      for (const [id, outcome] of Object.entries(outcomes)) {
        expect(await report('eli', id, { reason: 'other' })).toMatchObject({ status: 200, json: { reason: 'abuse', outcome } });
      }
      expect(await told('eli')).toEqual(
        Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [id, { reason: 'abuse', outcome }])),
      );
    }
    expect(await told('fay')).toEqual({});
    await decide('a', open, 'approve');
    await settle();
  });

  it('is open again after nothing but rules has held the comment, and not for what others see of it', async () => {
    const id = await shownComment('Held by many reports');
    for (const member of ['gus', 'hal', 'ivy']) await report(member, id);
    await settle();
    expect((await told('gus'))[id]).toEqual({ reason: 'abuse', outcome: 'open' });
    expect((await report('jon', id)).status).toBe(404);
    await decide('a', id, 'reject');
    await settle();
  });

  it('goes, with what came of it, when its member erases their data', async () => {
    const id = await shownComment('Reported by somebody who left');
    await report('kim', id);
    await settle();
    expect((await call('DELETE /v1/me', { token: await tokenOf('kim') })).status).toBe(202);
    await settle();
    expect(await told('kim')).toEqual({});
  });

  it.each([
    [{ reason: 'boring' }, '/reason'],
    [{}, '/reason'],
    [{ reason: 'spam', note: 'x'.repeat(1_001) }, '/note'],
    [{ reason: 'spam', colour: 1 }, '/colour'],
  ])('is refused as %j', async (body, path) => {
    const id = await shownComment(`Badly reported ${path} ${JSON.stringify(body).length}`);
    expect(await report('bob', id, body)).toMatchObject({ status: 422, json: { errors: [{ path }] } });
  });

  it('is refused on one’s own comment, and on what nobody sees', async () => {
    const id = await shownComment('My own words');
    expect((await report('ann', id)).status).toBe(409);
    expect((await report('ann', '01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});
