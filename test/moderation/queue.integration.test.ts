import { beforeAll, describe, expect, it } from 'vitest';
import { comment, decide, heldSize, moderate, openNewsroom, publish, putPolicy } from '../support/newsroom.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a1');
  await publish('m1', { commenting: { mode: 'moderated' } });
});

const heldItems = async () => (await moderate('/v1/moderation/queues/held', { query: { limit: '100' } })).json.items;
const find = async (id: string) => (await heldItems()).find((item: { id: string }) => item.id === id);

describe('the queues', () => {
  it('are empty at first, each with its name', async () => {
    expect((await moderate('/v1/moderation/queues')).json).toEqual({
      queues: [
        { name: 'held', size: 0 },
        { name: 'reported', size: 0 },
        { name: 'appeals', size: 0 },
      ],
    });
    expect((await moderate('/v1/moderation/queues/reported')).json).toEqual({ items: [], nextCursor: null });
  });

  it('are as long as what waits in them, whatever came and went', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push(await comment(`member-${n}`, 'm1', `waits ${n}`));
    await comment('ann', 'a1', 'waits for nobody');
    expect(await heldSize()).toBe(0);
    await settle();
    expect(await heldSize()).toBe(12);
    expect((await heldItems()).map(({ id }: { id: string }) => id)).toEqual([...ids].sort());

    for (const id of ids.slice(0, 5)) await decide('m1', id, 'approve');
    await settle();
    expect(await heldSize()).toBe(7);
    expect((await heldItems()).map(({ id }: { id: string }) => id)).toEqual([...ids].sort().slice(5));
    for (const id of ids.slice(5)) await decide('m1', id, 'spam');
    await settle();
    expect(await heldSize()).toBe(0);
  });
});

describe('what a moderator is told of a comment that waits', () => {
  it('is the comment, why it waits, who wrote it, and what it answers', async () => {
    await putPolicy({ suspectPhrases: ['fishy business'] });
    const parent = await comment('ben', 'a1', 'What do you think?');
    await settle();
    const id = await comment('ann', 'a1', 'This is **Fishy**, business as usual', parent);
    await settle();
    const waiting = await find(id);
    expect(waiting).toEqual({
      id,
      articleId: 'a1',
      parentId: parent,
      depth: 1,
      author: { id: 'ann', name: 'ann', picture: null },
      body: 'This is **Fishy**, business as usual',
      html: '<p>This is <strong>Fishy</strong>, business as usual</p>',
      status: 'held',
      createdAt: expect.any(String),
      editedAt: null,
      replyCount: 0,
      reactions: {},
      featured: false,
      revision: 1,
      verdict: {
        outcome: 'held',
        policyVersion: expect.any(Number),
        at: expect.stringMatching(/Z$/),
        rules: [{ rule: 'suspectPhrases', action: 'hold', evidence: '“Fishy**, business” at character 10 matches “fishy business”' }],
      },
      reports: { count: 0, reasons: {} },
      appeal: null,
      authorRecord: { approved: expect.any(Number), rejected: expect.any(Number), standing: 'normal' },
      parent: expect.objectContaining({ id: parent, body: 'What do you think?', status: 'approved' }),
      claimedBy: null,
      claimedUntil: null,
    });
    await putPolicy({});
  });

  it('has no parent at the top level', async () => {
    const id = await comment('ann', 'm1', 'on my own');
    await settle();
    expect((await find(id)).parent).toBeNull();
  });

  it('counts what became of the author’s comments, rejected and spam together', async () => {
    const decided = await Promise.all([1, 2, 3, 4].map((n) => comment('carl', 'm1', `decided ${n}`)));
    await settle();
    for (const [n, action] of (['approve', 'reject', 'spam', 'reject'] as const).entries()) await decide('m1', decided[n] ?? '', action);
    await comment('carl', 'a1', 'approved by itself');
    const id = await comment('carl', 'm1', 'one more');
    await settle();
    expect((await find(id)).authorRecord).toEqual({ approved: 2, rejected: 3, standing: 'normal' });
  });

  it('is no longer told once it is decided, also before that is settled', async () => {
    const id = await comment('ann', 'm1', 'soon decided');
    await settle();
    await decide('m1', id, 'approve');
    expect(await find(id)).toBeUndefined();
    await settle();
    expect(await find(id)).toBeUndefined();
  });
});
