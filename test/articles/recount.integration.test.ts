import type { DynamoDBRecord } from 'aws-lambda';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { packView } from '#comments/rules/view.ts';
import { articleTallyKey, commentKey, type Key } from '#table/keys.ts';
import { writeChange } from '#table/write.ts';
import { comment, decide, publish, putPolicy, read, recountAs } from '../support/newsroom.ts';
import { deliver } from '../support/settling.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable, scanTable } from '../support/table.ts';

let stream: () => Promise<DynamoDBRecord[]>;

beforeAll(async () => {
  stream = streamReader(await createTable());
  await putPolicy({});
});

async function settle(): Promise<void> {
  for (let records = await stream(); records.length > 0; records = await stream()) await deliver(records);
}

/** Loses what the stream has not delivered yet. */
async function lose(): Promise<void> {
  while ((await stream()).length > 0);
}

const recount = (article: string) => recountAs('boss', ['admin'], article);

/** Damages an item behind everybody's back. */
const damage = (key: Key, fields: Record<string, unknown>) => writeChange({ key, set: fields });

/** An article with two comments, the first answered and the second rejected. */
async function story(article: string): Promise<{ parent: string; reply: string; rejected: string }> {
  await publish(article);
  const parent = await comment('ann', article, `parent on ${article}`);
  const rejected = await comment('ann', article, `rejected on ${article}`);
  await settle();
  const reply = await comment('ben', article, `reply on ${article}`, parent);
  await decide(article, rejected, 'reject');
  await settle();
  return { parent, reply, rejected };
}

describe('a recount', () => {
  it('of a right article finds no drift and writes nothing', async () => {
    await story('right');
    const before = await scanTable();
    const { status, json } = await recount('right');
    expect(status).toBe(200);
    expect(json).toMatchObject({ drift: 0, before: { approved: 2, rejected: 1 }, after: { approved: 2, rejected: 1 } });
    expect(await scanTable()).toEqual(before);
  });

  it('of an article without comments finds nothing at all', async () => {
    await publish('empty');
    expect((await recount('empty')).json).toMatchObject({ drift: 0, before: {}, after: {} });
  });

  it('finds and mends a wrong tally', async () => {
    await story('tally');
    await damage(articleTallyKey('tally'), { approved: 7, held: 2 });
    expect((await read('/v1/articles/tally')).json.commentCount).toBe(7);
    expect((await recount('tally')).json).toMatchObject({
      drift: 5 + 2,
      before: { approved: 7, held: 2, rejected: 1 },
      after: { approved: 2, rejected: 1 },
    });
    await settle();
    expect((await read('/v1/articles/tally')).json.commentCount).toBe(2);
    expect((await recount('tally')).json.drift).toBe(0);
  });

  it('finds and mends wrong replies of a comment', async () => {
    const { parent } = await story('replies');
    await damage(commentKey(parent), { replyCount: 9 });
    expect((await recount('replies')).json.drift).toBe(8);
    await settle();
    expect((await read(`/v1/articles/replies/comments/${parent}`)).json.replyCount).toBe(1);
    expect((await recount('replies')).json.drift).toBe(0);
  });

  it('finds a tombstone that nothing is shown below, and lets it go', async () => {
    const { rejected } = await story('ghost');
    await damage(commentKey(rejected), { shownChildren: 1 });
    await settle();
    expect((await read('/v1/articles/ghost/comments')).json.items).toHaveLength(2);
    expect((await recount('ghost')).json.drift).toBe(1);
    await settle();
    expect((await read('/v1/articles/ghost/comments')).json.items).toHaveLength(1);
    expect((await recount('ghost')).json.drift).toBe(0);
  });

  it('mends a tally that is missing altogether', async () => {
    await story('lost');
    await damage(articleTallyKey('lost'), { approved: 0, rejected: 0 });
    expect((await recount('lost')).json).toMatchObject({ drift: 3, before: {}, after: { approved: 2, rejected: 1 } });
    expect((await read('/v1/articles/lost')).json.commentCount).toBe(2);
  });

  it('leaves what is still on its way to settling, which counts it afterwards', async () => {
    await story('busy');
    await comment('cat', 'busy', 'not settled yet');
    expect((await recount('busy')).json).toMatchObject({ drift: 0, woken: 0 });
    await settle();
    expect((await read('/v1/articles/busy')).json.commentCount).toBe(3);
  });

  it('wakes a comment that was forgotten, so that it is settled after all', async () => {
    await publish('forgotten');
    const time = (Date.now() - 5 * 60_000).toString(16).padStart(12, '0');
    const old = `${time.slice(0, 8)}-${time.slice(8)}${uuidv7().slice(13)}`;
    const author = { id: 'ann', name: 'Ann', picture: null };
    const view = packView({ parentId: null, depth: 0, author, body: 'x', html: '<p>x</p>', editedAt: null, featured: false });
    const item = { order: old, article: 'forgotten', author: 'ann', view, status: 'pending', revision: 1, version: 1, unscreened: true };
    await damage(commentKey(old), item);
    await settle();
    await damage(commentKey(old), { unsettled: true });
    await lose();
    await settle();
    expect((await read('/v1/articles/forgotten')).json.commentCount).toBe(0);
    expect((await recount('forgotten')).json).toMatchObject({ drift: 0, woken: 1 });
    await settle();
    expect((await read('/v1/articles/forgotten')).json.commentCount).toBe(1);
  });
});
