import { LRUCache } from 'lru-cache';
import { tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { articleBodyKey, articleKey, articleListing, articlePartitionOf, articleTallyKey } from '#table/keys.ts';
import { queryPartition } from '#table/query.ts';
import { type TransactItem, type TransactionOutcome, writeTransaction } from '#table/transaction.ts';
import { type Article, type ArticleBodyItem, type ArticleItem, articleOf, type BodyPart } from './article.ts';
import { buildReturn } from './removal.ts';
import { buildSpreadMarks } from './spread.ts';
import type { TallyItem } from './tally.ts';

/** All that is kept of an article. */
export interface StoredArticle {
  article: Article;
  body: BodyPart[];
  tally: TallyItem | undefined;
  /** Whether it was taken off public view. */
  removed: boolean;
}

interface ReadOptions {
  consistent?: boolean;
  /** Reads an article off public view too; otherwise it is as good as none. */
  evenRemoved?: boolean;
}

/** Reads an article with its text and its tally: one query of one partition. */
export async function readArticle(
  articleId: string,
  { evenRemoved = false, ...options }: ReadOptions = {},
): Promise<StoredArticle | undefined> {
  const items = await queryPartition<ArticleItem | ArticleBodyItem | TallyItem>(articlePartitionOf(articleId), { limit: 10, ...options });
  const part = <T>(sk: string) => items.find((item) => item.sk === sk) as T | undefined;
  const item = part<ArticleItem>(articleKey(articleId).sk);
  if (item === undefined || (item.removedAt !== undefined && !evenRemoved)) return undefined;
  return {
    article: articleOf(item),
    body: part<ArticleBodyItem>(articleBodyKey(articleId).sk)?.body ?? [],
    tally: part<TallyItem>(articleTallyKey(articleId).sk),
    removed: item.removedAt !== undefined,
  };
}

/**
 * Writes an article over what was read (nothing: it must not exist); one that was removed is public again with all its
 * comments. Without `body` its text stays as it is.
 */
export async function writeArticle(
  article: Article,
  body: BodyPart[] | undefined,
  over: StoredArticle | undefined,
): Promise<TransactionOutcome> {
  const { revision, ...view } = article;
  const item: ArticleItem = { ...articleKey(article.id), ...articleListing(article), revision, view };
  return writeTransaction([
    {
      Put: {
        TableName: tableName,
        Item: item,
        ...(over === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': over.article.revision } }),
      },
    },
    ...(body === undefined ? [] : [writeBody(article.id, body)]),
    ...(over?.removed ? buildReturn(article.id) : []),
    ...(article.commenting.shards === over?.article.commenting.shards ? [] : buildSpreadMarks(article)),
  ]);
}

const writeBody = (articleId: string, body: BodyPart[]): TransactItem =>
  body.length === 0
    ? { Delete: { TableName: tableName, Key: articleBodyKey(articleId) } }
    : { Put: { TableName: tableName, Item: { ...articleBodyKey(articleId), body } } };

/**
 * How long a warm function may go on with an article it has read, in milliseconds: long enough that a burst asks once, and short
 * enough that whoever has just closed or opened comments hardly notices.
 */
const keptFor = 250;

/** How many articles a warm function keeps. */
export const mostKept = 5_000;

/** Whether there is an article, and which: a read that told nothing would be lost with its place in memory. */
const kept = new LRUCache<string, { article: Article | undefined }>({
  max: mostKept,
  ttl: keptFor,
  // Whoever waits for a read gets it, though others have taken its place meanwhile.
  ignoreFetchAbort: true,
  fetchMethod: async (articleId) => {
    const item = await getItem<ArticleItem>(articleKey(articleId));
    return { article: item === undefined || item.removedAt !== undefined ? undefined : articleOf(item) };
  },
});

/** The article without its text, at most a quarter of a second old; an unknown or removed one is none, and is asked for every time. */
export async function recentArticle(articleId: string): Promise<Article | undefined> {
  return read(articleId);
}

/** The article as it is at this moment, to be sure before somebody is turned away. */
export async function freshArticle(articleId: string): Promise<Article | undefined> {
  return read(articleId, { forceRefresh: true });
}

async function read(articleId: string, options: { forceRefresh?: boolean } = {}): Promise<Article | undefined> {
  const { article } = await kept.forceFetch(articleId, options);
  if (article === undefined) kept.delete(articleId);
  return article;
}
