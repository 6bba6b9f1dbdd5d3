import { Problem } from '#http/problem.ts';
import { tableName } from '#table/client.ts';
import { spreadMarks } from '#table/marks.ts';
import type { TransactItem } from '#table/transaction.ts';
import type { Article } from './article.ts';
import type { ArticlePatch } from './article-schema.ts';

/**
 * Refuses whoever asks for fewer shards than there are. A publisher's system that puts an article with the number it began with, again
 * and again, asks for nothing: the larger number stays.
 *
 * @throws Problem `invalid` (422)
 */
export function refuseFewerShards(before: Article, given: ArticlePatch['commenting']): void {
  const { shards = 1 } = before.commenting;
  if (given?.shards === undefined || given.shards >= shards) return;
  const message = `must be ${shards} at least: its comments are spread over as many already`;
  throw new Problem('invalid', 'An article never has fewer shards again.', { errors: [{ path: '/commenting/shards', message }] });
}

/** Builds the marks from which readers learn how far the lists of an article are spread. */
export const buildSpreadMarks = ({ id, commenting: { shards = 1 } }: Article): TransactItem[] =>
  spreadMarks(id, shards).map((mark) => ({ Put: { TableName: tableName, Item: mark } }));
