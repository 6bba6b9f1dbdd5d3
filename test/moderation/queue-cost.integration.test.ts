import { hash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { earliestId } from '#comments/rules/earliest-id.ts';
import { rowsOf, takeRows } from '#moderation/queues.ts';
import { moderate, walk } from '../support/newsroom.ts';
import { many } from '../support/scale.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';
import { type Waiting, writeWaiting } from '../support/waiting.ts';

/** The id of the comment posted `n` milliseconds after another; what is chance in it is the same in every run. */
const idOf = (n: number) =>
  `${earliestId(Date.parse('2026-11-23T09:30:00.000Z') + n)}-7${hash('sha256', `${n}`).replace(/^(.{3})(.{3})(.{12}).*/, '$1-8$2-$3')}`;

/** Enough for the price of a page not to depend on how many more there are; `WAITING` has more wait. */
const total = Number(process.env.WAITING ?? many(5_000));
const waiting = Array.from({ length: total }, (_, n): Waiting => {
  const body = `${n} ${'word '.repeat(100)}`.slice(0, 500).trim();
  return { id: idOf(n), articleId: 'story', author: `member-${n}`, body };
});
const ids = waiting.map(({ id }) => id);

/** Another queue, whose rows chance has spread unevenly: the oldest lie in one shard, and one shard is empty. */
const uneven = Array.from({ length: 90 }, (_, n): Waiting => {
  return { id: idOf(total + n), articleId: 'story', author: 'ann', body: `${n}`, queue: 'reported', shard: n < 50 ? 2 : n % 3 };
});

beforeAll(async () => {
  await createTable();
  await writeWaiting([...waiting, ...uneven]);
}, 600_000);

const read = async (count: number, after?: string) => takeRows(rowsOf('held', { after, expected: count }), count);

describe('reading a queue', () => {
  it.each([0, total / 2, total - 21])('costs two units for a page of 20, after %i of many', async (position) => {
    const cost = await unitsOf(() => read(21, ids[position - 1]));
    expect(cost.calls).toEqual(Array(4).fill('Query'));
    expect(cost.read).toBe(2);
  });

  it('costs two units and a half for a page of 20, wherever it begins, also where a shard has run dry', async () => {
    for (let position = 0; position < total; position += Math.ceil(total / 53)) {
      expect((await unitsOf(() => read(21, ids[position]))).read).toBeLessThanOrEqual(2.5);
    }
  });

  it('costs five units for a page of 100', async () => {
    expect((await unitsOf(() => read(101))).read).toBeLessThanOrEqual(5);
  });

  it('gives all that waits, each once, oldest first, in pages of any size', async () => {
    const found: string[] = [];
    for (let rows = await read(1_000); rows.length > 0; rows = await read(1_000, found.at(-1))) {
      found.push(...rows.map(({ order }) => order));
    }
    expect(found).toEqual(ids);
    const token = await tokenOf('mod', ['moderator']);
    const pages = await walk('/v1/moderation/queues/reported', { token, query: { limit: '7' } });
    expect(pages.flat().map(({ id }) => id)).toEqual(uneven.map(({ id }) => id));
  });

  it('gives the oldest first however unevenly they lie, and however total were expected', async () => {
    const order = uneven.map(({ id }) => id);
    const place = fc.integer({ min: -1, max: uneven.length - 1 });
    const amount = fc.integer({ min: 1, max: uneven.length + 1 });
    await fc.assert(
      fc.asyncProperty(place, amount, amount, async (place, count, expected) => {
        const rows = await takeRows(rowsOf('reported', { after: order[place], expected }), count);
        expect(rows.map((row) => row.order)).toEqual(order.slice(place + 1, place + 1 + count));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a page of a queue', () => {
  it('is four small queries, the claims, one batch of comments with what they answer, and a small query for each author', async () => {
    const cost = await unitsOf(() => moderate('/v1/moderation/queues/held'));
    const authors = 20;
    expect(cost.calls.filter((name) => name === 'BatchGetItem')).toHaveLength(1);
    expect(cost.calls).toHaveLength(4 + 1 + 1 + authors);
    expect(cost.read).toBeLessThanOrEqual(2 + 0.5 + 20 * 0.5 + authors * 0.5);
  });

  it('asks once for an author who wrote all of it', async () => {
    const cost = await unitsOf(() => moderate('/v1/moderation/queues/reported'));
    // One shard has nearly all of these, and is read on.
    expect(cost.read).toBeLessThanOrEqual(3 + 0.5 + 20 * 0.5 + 0.5);
  });
});
