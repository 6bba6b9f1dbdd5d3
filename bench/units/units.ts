import { settler } from '../../test/support/settling.ts';
import { sumOf } from '../../test/support/units.ts';
import type { Figure } from '../figure.ts';
import { type Consumed, measureOperations } from './operations.ts';

/**
 * Request units and calls of everything that the API can do, each thing done once, in a table that is empty: they do not vary.
 * What the units were spent on is told by the files that the tests keep to, one for each engine.
 */
export async function measureUnits(streamArn: string): Promise<Figure[]> {
  const costs = await measureOperations(settler(streamArn));
  return Object.entries(costs).flatMap(([name, { answered, settled }]) => [
    ...figuresOf(name, answered),
    ...(settled === undefined ? [] : figuresOf(`${name}, settling it`, settled)),
  ]);
}

/** What the design allows, in request units. */
const budgets: Readonly<Record<string, number>> = {
  'postComment: write': 5,
  'postComment: read': 2,
  'postComment, of 1,000 characters: write': 5,
  'postComment, of 1,000 characters: read': 2,
  'getArticle: read': 1.5,
  'getCounts, of 50 articles: read': 25,
  'listComments: read': 2,
  'listComments, top: read': 2,
  'listComments, replies: read': 2,
};

const figuresOf = (name: string, { calls, read, write }: Consumed): Figure[] =>
  [
    { name: `${name}: read`, unit: 'units' as const, value: sumOf(read) },
    { name: `${name}: write`, unit: 'units' as const, value: sumOf(write) },
    { name: `${name}: calls`, unit: 'calls' as const, value: calls },
  ]
    .filter(({ value }) => value > 0)
    .map(({ value, ...figure }) => ({
      ...figure,
      median: value,
      minimum: value,
      maximum: value,
      ...(budgets[figure.name] !== undefined && { budget: budgets[figure.name] }),
    }));
