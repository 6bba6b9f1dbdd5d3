import { describe, expect, test } from 'vitest';
import { attributesOf, indexChanges } from '../../local/engine/index-changes.ts';

const index = (IndexName: string, hash: string, ProjectionType: 'ALL' | 'KEYS_ONLY' = 'ALL') => ({
  IndexName,
  KeySchema: [{ AttributeName: hash, KeyType: 'HASH' as const }],
  Projection: { ProjectionType },
});

describe('what turns stored indexes into the declared ones', () => {
  test('is nothing where they are the same, in whatever order', () => {
    expect(indexChanges([index('a', 'x'), index('b', 'y')], [index('b', 'y'), index('a', 'x')])).toEqual({ remove: [], add: [] });
  });

  test('is to make what is missing and remove what is no longer declared', () => {
    expect(indexChanges([index('old', 'x')], [index('new', 'y')])).toEqual({ remove: ['old'], add: [index('new', 'y')] });
  });

  test('is to make an index again whose keys or projection changed', () => {
    const declared = [index('a', 'y'), index('b', 'x', 'KEYS_ONLY')];
    expect(indexChanges([index('a', 'x'), index('b', 'x')], declared)).toEqual({ remove: ['a', 'b'], add: declared });
  });

  test('names the attributes that keys are made of', () => {
    expect([...attributesOf([index('a', 'x'), index('b', 'y'), {}])]).toEqual(['x', 'y']);
  });
});
