import { readFileSync } from 'node:fs';
import { settler } from '../../test/support/settling.ts';
import { sumOf } from '../../test/support/units.ts';
import type { Figure } from '../figure.ts';
import { type Consumed, type Costs, measureOperations } from './operations.ts';

/**
 * Request units and calls of everything that the API can do, each thing done once, in a table that is empty: they do not vary.
 * What the units were spent on is told by the files that the tests keep to, one for each engine.
 */
export async function measureUnits(streamArn: string): Promise<Figure[]> {
  const costs = await measureOperations(settler(streamArn));
  const figures = Object.entries(costs).flatMap(([name, { answered, settled }]) => [
    ...figuresOf(name, answered),
    ...(settled === undefined ? [] : figuresOf(`${name}, settling it`, settled)),
  ]);
  return [...figures, ...allIn()];
}

/** Write units of a comment until it is counted, which the design allows as DynamoDB Local counts them. */
const allInBudget = 12;

/** A comment all in, from the file that the tests keep to on DynamoDB Local, whichever engine is measured. */
function allIn(): Figure[] {
  const costs: Costs = JSON.parse(readFileSync(new URL('dynamodb-local.json', import.meta.url), 'utf8'));
  return ['postComment', 'postComment, of 1,000 characters', 'postComment, soon after another', 'postComment, on a hot article'].map(
    (name) => {
      const { answered, settled } = costs[name] ?? {};
      const units = sumOf(answered?.write ?? {}) + sumOf(settled?.write ?? {});
      const spread = { median: units, minimum: units, maximum: units };
      return { name: `${name}, all in, as DynamoDB Local counts`, unit: 'units', ...spread, budget: allInBudget };
    },
  );
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
