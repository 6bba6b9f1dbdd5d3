import { beforeAll, describe, expect, it } from 'vitest';
import { getItems } from '#table/get.ts';
import { commentKey } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';
import { createTable } from '../support/table.ts';
import { writeItems } from '../support/write-items.ts';

/** As long as a comment of 5,000 emoji: 20,000 bytes in the table, so that fewer than a hundred fill a megabyte. */
const long = '😀'.repeat(5_000);
const orders = Array.from({ length: 101 }, (_, n) => `order-${String(n).padStart(3, '0')}`);

beforeAll(async () => {
  await createTable();
  const items = orders.map((order) => ({ ...commentKey(order), order, flat: 'long', view: long }));
  for (let n = 0; n < items.length; n += 25) await writeItems(items.slice(n, n + 25));
});

describe('one page of an index', () => {
  it('is full though its items are more than the megabyte that one query reads', async () => {
    const rows = await queryIndex<{ order: string }>({ index: 'flat', partition: 'long', limit: 101, ascending: true });
    expect(rows.map(({ order }) => order)).toEqual(orders);
  });

  it('begins after its position, in either direction', async () => {
    const read = { index: 'flat', partition: 'long', limit: 2, after: 'order-050' } as const;
    expect(await queryIndex({ ...read, ascending: true })).toMatchObject([{ order: 'order-051' }, { order: 'order-052' }]);
    expect(await queryIndex({ ...read, ascending: false })).toMatchObject([{ order: 'order-049' }, { order: 'order-048' }]);
  });

  it('holds what lies between two positions, both included, whether or not they are there', async () => {
    const read = { index: 'flat', partition: 'long', limit: 10, ascending: true } as const;
    const between = await queryIndex<{ order: string }>({ ...read, between: ['order-050', 'order-052'] });
    expect(between.map(({ order }) => order)).toEqual(['order-050', 'order-051', 'order-052']);
    expect(await queryIndex({ ...read, between: ['order-050 ', 'order-052 '] })).toMatchObject([
      { order: 'order-051' },
      { order: 'order-052' },
    ]);
  });

  it('is empty for a partition that is not there', async () => {
    expect(await queryIndex({ index: 'flat', partition: 'none', limit: 10, ascending: true })).toEqual([]);
  });
});

describe('reading many items by key', () => {
  it('gives each once, however often it was named, over as many batches as it takes', async () => {
    const found = await getItems([...orders, ...orders, 'missing'].map(commentKey));
    expect(found.map(({ pk }) => pk).sort()).toEqual(orders.map((order) => commentKey(order).pk));
  });
});
