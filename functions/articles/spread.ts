import { Problem } from '#http/problem.ts';
import { tableName } from '#table/client.ts';
import { spreadMarks } from '#table/marks.ts';
import type { TransactItem } from '#table/transaction.ts';
import type { Article } from './article.ts';
import type { ArticleInput } from './article-schema.ts';

/**
 * Refuses fewer shards than there are: comments are listed in each of them.
 *
 * @throws Problem `invalid` (422)
 */
export function requireSpread(before: Article | undefined, given: ArticleInput['commenting']): void {
  const { shards = 1 } = before?.commenting ?? {};
  if (given?.shards === undefined || given.shards >= shards) return;
  const message = `must be ${shards} at least: its comments are spread over as many already`;
  throw new Problem('invalid', 'An article never has fewer shards again.', { errors: [{ path: '/commenting/shards', message }] });
}

/** Builds the marks from which readers learn how far the lists of an article are spread. */
export const buildSpread = ({ id, commenting: { shards = 1 } }: Article): TransactItem[] =>
  spreadMarks(id, shards).map((mark) => ({ Put: { TableName: tableName, Item: mark } }));
