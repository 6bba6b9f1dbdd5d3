import { beforeAll, expect, it } from 'vitest';
import type { CommentItem } from '#comments/comment.ts';
import { scoreOf, totalReactions } from '#comments/rules/rank.ts';
import { getItem } from '#table/get.ts';
import { commentKey } from '#table/keys.ts';
import { underFault } from '../model/adversary.ts';
import { call } from '../support/call.ts';
import { comment, publish, putPolicy } from '../support/newsroom.ts';
import { deliver } from '../support/settling.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

let readStream: ReturnType<typeof streamReader>;

beforeAll(async () => {
  readStream = streamReader(await createTable());
  await putPolicy({ reactions: ['like'] });
  await publish('a');
});

async function settle(): Promise<void> {
  for (let records = await readStream(); records.length > 0; records = await readStream()) await deliver(records);
}

/** Reacts as somebody; gives what the stream tells of it. */
async function react(member: string, id: string) {
  await call(`PUT /v1/articles/a/comments/${id}/reaction`, { token: await tokenOf(member), body: { kind: 'like' } });
  return readStream();
}

it('ranks a comment by all its reactions, also where two batches count some of them at once', async () => {
  const id = await comment('ann', 'a', 'Much liked');
  await settle();
  for (const member of ['one', 'two', 'three', 'four']) {
    await deliver(await react(member, id));
    await settle();
  }
  // Neither of these moves the comment by itself: four and five stand on the same step.
  const [fifth, sixth] = [await react('five', id), await react('six', id)];
  await underFault(
    { kind: 'meanwhile', at: 2, step: undefined },
    () => deliver(fifth),
    () => deliver(sixth),
  );
  await settle();
  const { reactions, score } = (await getItem<CommentItem>(commentKey(id), { consistent: true })) ?? {};
  expect(reactions).toEqual({ like: 6 });
  expect(score).toBe(scoreOf(id, reactions));
});

it.each([
  ['before it is ranked for its first', ['one']],
  ['and a third reader likes it', ['one', 'three']],
] as const)('ranks a comment by what it has, where a reaction is taken back %s', async (_when, [first, later]) => {
  const id = await comment('ben', 'a', `Liked for a moment, ${later ?? 'and no more'}`);
  await settle();
  const withdraw = async () => {
    await call(`DELETE /v1/articles/a/comments/${id}/reaction`, { token: await tokenOf(first) });
    return readStream();
  };
  await deliver(await react(first, id));
  if (later === undefined) {
    // Woken to be ranked, and late.
    const woken = await readStream();
    await deliver(await withdraw());
    await deliver(woken);
  } else {
    await settle();
    await deliver(await withdraw());
    const woken = await readStream();
    await deliver(await react(later, id));
    await deliver(woken);
  }
  await settle();
  const { reactions = {}, score } = (await getItem<CommentItem>(commentKey(id), { consistent: true })) ?? {};
  expect(totalReactions(reactions)).toBe(later === undefined ? 0 : 1);
  expect(score ?? null).toBe(scoreOf(id, reactions));
});
