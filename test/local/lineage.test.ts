import { expect, test } from 'vitest';
import type { ShardPosition } from '../../local/streams/checkpoint.ts';
import { expectsMore, mayBegin } from '../../local/streams/lineage.ts';

const parent = { ShardId: 'parent' };
const child = { ShardId: 'child', ParentShardId: 'parent' };
const positions = (at: Readonly<Record<string, ShardPosition>>) => (shardId: string) => at[shardId];

test('a shard waits until its parent is through', () => {
  expect(mayBegin(parent, [parent, child], positions({}))).toBe(true);
  expect(mayBegin(child, [parent, child], positions({ parent: { after: '7' } }))).toBe(false);
  expect(mayBegin(child, [parent, child], positions({ parent: { ended: true } }))).toBe(true);
});

test('a shard whose parent the stream no longer has begins at once, and one that is through never again', () => {
  expect(mayBegin(child, [child], positions({}))).toBe(true);
  expect(mayBegin(child, [child], positions({ child: { ended: true } }))).toBe(false);
});

test('another shard is expected of a stream that has none, and after one that is through until its successor is told', () => {
  expect(expectsMore([], positions({}))).toBe(true);
  expect(expectsMore([parent], positions({ parent: { after: '7' } }))).toBe(false);
  expect(expectsMore([parent], positions({ parent: { ended: true } }))).toBe(true);
  expect(expectsMore([parent, child], positions({ parent: { ended: true } }))).toBe(false);
  expect(expectsMore([{ ShardId: 'other' }, parent], positions({ parent: { ended: true } }))).toBe(true);
});
