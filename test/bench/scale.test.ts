import { describe, expect, it } from 'vitest';
import { ceilingOf, type Place, placesOf, type Situation, tightest } from '../../bench/scale/model.ts';
import type { Costs } from '../../bench/units/operations.ts';

const consumed = (write: Record<string, number>) => ({ calls: 1, read: {}, write });
const costs: Costs = {
  'postComment, soon after another': {
    answered: consumed({ article: 1, author: 1, table: 2 }),
    settled: consumed({ thread: 1, table: 6 }),
  },
  'postComment, of 1,000 characters': {
    answered: consumed({ article: 1, author: 1, table: 3 }),
    settled: consumed({ thread: 2, table: 8 }),
  },
  putReaction: { answered: consumed({ author: 1, flat: 1, table: 1 }), settled: consumed({ rank: 1, thread: 1, table: 10 }) },
  'postComment, a reply': { answered: consumed({ article: 1, author: 1, table: 2 }), settled: consumed({ flat: 1, thread: 2, table: 8 }) },
};
const durations = { post: 40, page: 20, settle: 60, transaction: 20 };
const quiet: Situation = {
  commentsPerSecond: 100,
  readersPerSecond: 1_000,
  edge: true,
  replies: 0,
  reactions: 0,
  long: false,
  commentsPerTransaction: 20,
  shards: 1,
  streamShards: 1,
  throttle: 1_000,
};

const placesIn = (changes: Partial<Situation> = {}) => placesOf({ ...quiet, ...changes }, costs, durations);
const loadOf = (name: string, changes: Partial<Situation> = {}) => placesIn(changes).find((place) => place.name.startsWith(name))?.load;

describe('what one article asks of the places that all its comments meet in', () => {
  it('is a row of each list for a comment, and a share of a transaction for its sums', () => {
    expect(loadOf('index article')).toBe(100);
    expect(loadOf('index thread: write')).toBe(100);
    expect(loadOf('index flat')).toBe(0);
    expect(loadOf('table: write units of its tally')).toBe(10);
    expect(loadOf('its tally: transactions')).toBe(5);
  });

  it('is twice the row of the thread where a comment is longer than a write unit', () => {
    expect(loadOf('index thread: write', { long: true })).toBe(200);
    expect(loadOf('index article', { long: true })).toBe(100);
  });

  it('is a row of the flat list and the moved row of its parent for a reply', () => {
    expect(loadOf('index flat', { replies: 1 })).toBe(100);
    expect(loadOf('index thread: write', { replies: 1 })).toBe(100);
  });

  it('is a row of the thread and one of the ranking for each comment that a reaction is settled of', () => {
    expect(loadOf('index rank')).toBe(0);
    expect(loadOf('index rank', { reactions: 3 })).toBe(300);
    expect(loadOf('index thread: write', { reactions: 3 })).toBe(400);
    expect(loadOf('HTTP API', { reactions: 3 })).toBe(413);
    expect(loadOf('table: write units of its tally', { reactions: 3 })).toBe(10);
  });

  it('is spread evenly over shards in the lists that readers see, and nowhere else', () => {
    expect(loadOf('index thread: write', { shards: 4 })).toBe(25);
    expect(loadOf('index flat', { shards: 4, replies: 1 })).toBe(25);
    expect(loadOf('index rank', { shards: 4, reactions: 1 })).toBe(25);
    expect(loadOf('index article', { shards: 4 })).toBe(100);
    expect(loadOf('table: write units of its tally', { shards: 4 })).toBe(10);
  });

  it('grows with readers without an edge only, and then with instances that each keep a page for a second', () => {
    expect(loadOf('HTTP API', { readersPerSecond: 100_000 })).toBe(113);
    expect(loadOf('index thread: read', { readersPerSecond: 100_000 })).toBe(2);
    expect(loadOf('HTTP API', { readersPerSecond: 10_000, edge: false })).toBe(10_100);
    expect(loadOf('index thread: read', { readersPerSecond: 10_000, edge: false })).toBe(400);
  });

  it('cannot be told without the cost of a comment', () => {
    expect(() => placesOf(quiet, {}, durations)).toThrow('no cost is known of postComment, soon after another');
  });
});

describe('the ceiling', () => {
  it('is the last number of comments that no place is too small for', () => {
    const ceiling = ceilingOf((commentsPerSecond) => placesIn({ commentsPerSecond, throttle: 100_000 }));

    expect(ceiling).toBe(1_000);
    expect(tightest(placesIn({ commentsPerSecond: ceiling + 1, throttle: 100_000 }))?.name).toMatch(/^index/);
  });

  it('is none where readers alone are too many', () => {
    expect(ceilingOf((commentsPerSecond) => placesIn({ commentsPerSecond, edge: false, readersPerSecond: 2_000 }))).toBe(0);
  });

  it('is that of the place nearest to its limit, not of the busiest', () => {
    const places: Place[] = [
      { name: 'busy', load: 900, limit: 1_000 },
      { name: 'small', load: 19, limit: 20 },
    ];
    expect(tightest(places)?.name).toBe('small');
  });

  it('is found to one comment', () => {
    expect(ceilingOf((rate) => [{ name: 'any', load: rate * 3, limit: 1_000 }])).toBe(333);
  });
});
