import { beforeAll, describe, expect, it } from 'vitest';
import { table } from '#table/client.ts';
import { call } from '../support/call.ts';
import { comment, decide, heldSize, moderate, openNewsroom, publish, putPolicy, read } from '../support/newsroom.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

let settle: () => Promise<void>;

/** Happens once, before the next update: after an endpoint has read, and before it writes. */
let between: (() => Promise<void>) | undefined;
table.middlewareStack.add(
  (next, context) => async (args) => {
    const happening = context.commandName === 'UpdateItemCommand' ? between : undefined;
    if (happening !== undefined) between = undefined;
    await happening?.();
    return next(args);
  },
  { step: 'initialize', name: 'between' },
);

beforeAll(async () => {
  settle = await openNewsroom();
  await putPolicy({ suspectPhrases: ['snake oil'] });
  await publish('a');
});

const edit = async (member: string, id: string, body: string, ifMatch: string | undefined) =>
  call(`PATCH /v1/articles/a/comments/${id}`, {
    token: await tokenOf(member),
    body: { body },
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });

const shown = async (id: string) => (await read(`/v1/articles/a/comments/${id}`)).json;

describe('editing one’s comment', () => {
  it('is screened again before anybody sees it, and tells when it was edited', async () => {
    const id = await comment('ann', 'a', 'The first text');
    await settle();

    const edited = await edit('ann', id, 'The second text', '"1"');
    expect(edited).toMatchObject({ status: 200, json: { body: 'The second text', status: 'pending', revision: 2 } });
    expect(edited.headers.etag).toMatch(/^"2\./);
    expect((await shown(id)).body).toBe('The first text');

    await settle();
    expect(await shown(id)).toMatchObject({ body: 'The second text', html: '<p>The second text</p>', status: 'approved', revision: 2 });
    expect((await shown(id)).editedAt).toBe(edited.json.editedAt);
  });

  it('cannot slip in after approval what the policy holds', async () => {
    const id = await comment('bob', 'a', 'All harmless');
    await settle();
    const waiting = await heldSize();

    expect((await edit('bob', id, 'Buy my snake oil', '"1"')).status).toBe(200);
    await settle();

    expect((await read(`/v1/articles/a/comments/${id}`)).status).toBe(404);
    expect(await heldSize()).toBe(waiting + 1);
    const queue = (await moderate('/v1/moderation/queues/held')).json.items;
    expect(queue).toContainEqual(expect.objectContaining({ id, body: 'Buy my snake oil' }));
  });

  it('does not let go what waits for a moderator', async () => {
    const id = await comment('cyn', 'a', 'More snake oil');
    await settle();

    await edit('cyn', id, 'Now I am harmless', '"1"');
    await settle();

    const held = (await moderate('/v1/moderation/queues/held')).json.items.find((item: { id: string }) => item.id === id);
    expect(held).toMatchObject({ body: 'Now I am harmless', verdict: { outcome: 'held', rules: [{ rule: 'waiting', action: 'hold' }] } });
  });

  it('is not approved by a moderator who has not seen it, but goes with what is taken down', async () => {
    const id = await comment('dan', 'a', 'Seen by the moderator');
    await settle();
    await edit('dan', id, 'Not seen by anybody', '"1"');

    expect(await decide('a', id, 'approve')).toMatchObject({ outcome: 'conflict' });
    expect(await decide('a', id, 'reject')).toMatchObject({ outcome: 'applied', status: 'rejected' });
    await settle();
    expect((await read(`/v1/articles/a/comments/${id}`)).status).toBe(404);
  });

  it('is not stale only because screening came between reading and writing', async () => {
    const id = await comment('nan', 'a', 'Edited while it is screened');
    between = settle;
    expect(await edit('nan', id, 'Edited, and screened again', '"1"')).toMatchObject({ status: 200, json: { revision: 2 } });
    expect(between).toBeUndefined();
    await settle();
    expect(await shown(id)).toMatchObject({ body: 'Edited, and screened again', revision: 2 });
  });

  it.each([
    ['without If-Match', 428, undefined],
    ['over another revision', 412, '"7"'],
    ['with what is no revision', 412, '"x"'],
  ])('is refused %s', async (_, status, ifMatch) => {
    const id = await comment('eve', 'a', `Once upon a time ${status} ${ifMatch}`);
    expect((await edit('eve', id, 'Another', ifMatch)).status).toBe(status);
  });

  it('is refused to others: 403 for what they see, 404 for what they do not', async () => {
    const id = await comment('fay', 'a', 'Mine alone');
    expect((await edit('gus', id, 'Yours', '"1"')).status).toBe(404);
    await settle();
    expect((await edit('gus', id, 'Yours', '"1"')).status).toBe(403);
  });

  it('is refused once a moderator has taken it down', async () => {
    const id = await comment('hal', 'a', 'Out of order');
    await settle();
    await decide('a', id, 'reject');
    expect((await edit('hal', id, 'In order', '"2"')).status).toBe(409);
  });

  it('is refused after the edit window', async () => {
    const id = await comment('ida', 'a', 'Too late for this');
    await putPolicy({ suspectPhrases: ['snake oil'], editMinutes: 0 });
    const late = await edit('ida', id, 'Changed my mind', '"1"');
    await putPolicy({ suspectPhrases: ['snake oil'] });
    expect(late).toMatchObject({ status: 409, json: { detail: 'A comment may be edited for 0 minutes.' } });
  });
});

describe('deleting one’s comment', () => {
  const remove = async (member: string, id: string) => call(`DELETE /v1/articles/a/comments/${id}`, { token: await tokenOf(member) });

  it('erases what was said, in all its revisions, and counts no more', async () => {
    const id = await comment('ivy', 'a', 'A secret that slipped out');
    await edit('ivy', id, 'Another secret that slipped out', '"1"');
    await settle();
    const before = (await read('/v1/articles/a')).json.commentCount;

    expect((await remove('ivy', id)).status).toBe(204);
    await settle();

    expect((await read('/v1/articles/a')).json.commentCount).toBe(before - 1);
    expect((await read(`/v1/articles/a/comments/${id}`)).status).toBe(404);
    expect(JSON.stringify(await scanTable())).not.toContain('slipped out');
  });

  it('leaves a tombstone over visible replies, which says that the author did it', async () => {
    const id = await comment('jay', 'a', 'I take this back');
    await settle();
    const reply = await comment('kim', 'a', 'But I answered it', id);
    await settle();

    await remove('jay', id);
    await settle();

    expect(await shown(id)).toMatchObject({ status: 'deleted', author: null, body: null, html: null, replyCount: 1 });
    expect((await shown(reply)).ancestors).toMatchObject([{ id, status: 'deleted' }]);
  });

  it('may be said twice', async () => {
    const id = await comment('leo', 'a', 'Gone in a moment');
    expect([await remove('leo', id), await remove('leo', id)]).toMatchObject([{ status: 204 }, { status: 204 }]);
  });

  it('is refused to others, and for what is not there', async () => {
    const id = await comment('mia', 'a', 'Not for others to delete');
    await settle();
    expect((await remove('ned', id)).status).toBe(403);
    expect((await remove('ned', '01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });

  it('is final: no moderator brings it back', async () => {
    const id = await comment('oda', 'a', 'Deleted for good');
    await remove('oda', id);
    expect(await decide('a', id, 'approve')).toMatchObject({ outcome: 'conflict', status: 'deleted' });
  });
});
