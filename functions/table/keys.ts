import { hash } from 'node:crypto';

/** The primary key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

const articlePartition = (articleId: string) => `A#${articleId}`;
const commentPartition = (commentId: string) => `C#${commentId}`;
const memberPartition = (memberId: string) => `M#${hash('sha256', memberId, 'base64url')}`;
const answersPartition = (memberId: string) => `K#${memberId}`;
const dayPartition = (day: string) => `DAY#${day}`;
const policyPartition = 'POLICY';

/** What is kept of an article lies in one partition, so that a single query reads it with its count. */
export const articleKey = (articleId: string): Key => ({ pk: articlePartition(articleId), sk: 'article' });
export const articleBodyKey = (articleId: string): Key => ({ pk: articlePartition(articleId), sk: 'body' });
export const articleTallyKey = (articleId: string): Key => ({ pk: articlePartition(articleId), sk: 'tally' });

/** Each comment is its own partition: no article's traffic ever heats one base partition. */
export const commentKey = (commentId: string): Key => ({ pk: commentPartition(commentId), sk: 'comment' });
export const revisionKey = (commentId: string, revision: number): Key => ({
  pk: commentPartition(commentId),
  sk: `revision#${String(revision).padStart(6, '0')}`,
});
/** A decision's id is a UUIDv7, so they lie in the order of time. */
export const decisionKey = (commentId: string, id: string): Key => ({ pk: commentPartition(commentId), sk: `decision#${id}` });

/** What a member did to a comment lies with the comment, once per member. */
export const reactionKey = (commentId: string, memberId: string): Key => ({ pk: commentPartition(commentId), sk: `reaction#${memberId}` });
export const reportKey = (commentId: string, memberId: string): Key => ({ pk: commentPartition(commentId), sk: `report#${memberId}` });

/**
 * The member as posting changes it, beside the record that settling keeps: neither write ever waits for the other, and one small
 * query reads both. The key tells nobody whose it is, so that what must outlive an erasure, a ban, can stay.
 */
export const memberKey = (memberId: string): Key => ({ pk: memberPartition(memberId), sk: 'member' });
export const recordKey = (memberId: string): Key => ({ pk: memberPartition(memberId), sk: 'record' });
export const idempotencyKey = (memberId: string, digest: string): Key => ({ pk: answersPartition(memberId), sk: `key#${digest}` });

/** Every version stays; a small item names the one in force, so that asking for it costs the same however many phrases it has. */
export const policyKey = (version: number): Key => ({ pk: policyPartition, sk: String(version).padStart(10, '0') });
export const policyInForceKey: Key = { pk: policyPartition, sk: 'in-force' };
export const queueTallyKey = (queue: string): Key => ({ pk: `Q#${queue}`, sk: 'tally' });

/** What moderators hold of a queue is one item, so that no two of them ever take the same. */
export const claimsKey = (queue: string): Key => ({ pk: `Q#${queue}`, sk: 'claims' });

/** Notes that something was posted on an article on a day (`yyyy-mm-dd`, UTC), so that what is recent is found without asking every article. */
export const activeDayKey = (day: string, articleId: string): Key => ({ pk: activeDays.pk, sk: `${day} ${articleId}` });
export const activeDays = { pk: 'ACTIVE' };

/**
 * What is counted of a day (`yyyy-mm-dd`, UTC) lies in one partition, which one query reads. The comments posted on it are spread over
 * shards by their article: what settles side by side seldom meets in one item, and what settles together mostly does.
 */
export const dayTallyKey = (day: string, articleId: string): Key => ({
  pk: dayPartition(day),
  sk: `comments#${hashOf(articleId) % dayShards}`,
});
/** A moderator's decisions of a day are an item of their own: no id has to be the name of an attribute. */
export const dayModeratorKey = (day: string, moderatorId: string): Key => ({ pk: dayPartition(day), sk: `moderator#${moderatorId}` });
const dayShards = 8;
const hashOf = (text: string): number => [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 2 ** 32, 0);

/** Long work is an item too: every step leaves it changed, and so wakes the next one. */
export const jobKey = (jobId: string): Key => ({ pk: `JOB#${jobId}`, sk: 'job' });

/** How far the recount of all articles has come. */
export const recountRoundKey: Key = { pk: 'HOUSEKEEPING', sk: 'recount' };

/** What is recorded for good of anything but a comment lies by the day, so that no partition grows for ever. */
export const auditKey = (day: string, id: string): Key => ({ pk: `AUDIT#${day}`, sk: id });

/** Whole partitions, for the queries that read all of an article, a comment, a member, the answers kept for one, or a day. */
export const articlePartitionOf = (articleId: string) => ({ pk: articlePartition(articleId) });
export const commentPartitionOf = (commentId: string) => ({ pk: commentPartition(commentId) });
export const memberPartitionOf = (memberId: string) => ({ pk: memberPartition(memberId) });
export const answersPartitionOf = (memberId: string) => ({ pk: answersPartition(memberId) });
export const dayPartitionOf = (day: string) => ({ pk: dayPartition(day) });

/** The indexes by name: the attribute that partitions each, which is also its name, and the attribute that sorts it. */
export const indexSort = { thread: 'order', flat: 'order', article: 'order', author: 'order', queue: 'order', rank: 'score' } as const;
export type IndexName = keyof typeof indexSort;

/** Queues that wait for a moderator; each is spread over shards, because one hot index partition throttles the whole table. */
export const queueShards = 4;
export const queueShardOf = (queue: string, shard: number) => `${queue}#${shard}`;
export const shardOf = (commentId: string): number => Number.parseInt(commentId.slice(-2), 16) % queueShards;

/** Partition of the thread index: the visible comments under one parent, or the top level of an article. */
export const threadOf = (articleId: string, parentId: string | null) => `${articleId}#${parentId ?? ''}`;

/** One of the partitions that a list of a hot article is spread over. The first is the one that any article has. */
export const partitionOfShard = (partition: string, shard: number) => (shard === 0 ? partition : `${partition}#${shard}`);

/** Which of its article's shards a comment is listed in; ids of the same moment are spread evenly. */
export const listShardOf = (commentId: string, shards: number): number => Number.parseInt(commentId.slice(-4), 16) % shards;

/** Partitions that list articles, newest first: all of them, and those of one section. An article id has no blank or slash. */
export const allArticles = 'articles/';
export const sectionOf = (section: string) => `section/${section}`;

/** The attributes that list an item in the indexes; an absent one keeps it out. */
export interface Listing {
  order?: string;
  thread?: string;
  flat?: string;
  article?: string;
  author?: string;
  queue?: string;
}

/** Partitions of what one member did: no id of a member or an article has a line end, so these never meet a list of comments. */
export const reactionsBy = (memberId: string) => `${memberId}\nreactions`;
export const reportsBy = (memberId: string) => `${memberId}\nreports`;
export const decidingDaysOf = (memberId: string) => `${memberId}\ndays`;
export const reactionsOn = (articleId: string, memberId: string) => `${articleId}\n${memberId}`;
export const reportsOn = (articleId: string, memberId: string) => `${articleId}\n${memberId}\nreports`;

/**
 * Partitions of the record of what moderators did: of a day, by somebody, about an article, about a member. The slash sets the
 * first three apart from any list that begins with the id of an article.
 */
export const auditOfDay = (day: string) => `audit/${day}`;
export const auditBy = (actorId: string) => `audit/${actorId}`;
export const auditOn = (articleId: string) => `audit/${articleId}`;
export const auditAbout = (memberId: string) => `${memberId}\naudit`;

/** Lists what a moderator did wherever it is looked for: `thread` has the day, `flat` the actor. */
export const auditListing = (record: {
  id: string;
  day: string;
  actorId: string;
  articleId: string | undefined;
  memberId: string | undefined;
}): Listing => ({
  order: record.id,
  thread: auditOfDay(record.day),
  flat: auditBy(record.actorId),
  ...(record.articleId !== undefined && { article: auditOn(record.articleId) }),
  ...(record.memberId !== undefined && { author: auditAbout(record.memberId) }),
});

/** Lists the decisions of a moderator on a day under the moderator, so that they are found when their data is erased. */
export const dayModeratorListing = (day: string, moderatorId: string): Listing => ({ order: day, author: decidingDaysOf(moderatorId) });

/** Places a new comment where it is always found: under its article and its author. */
export const identityListing = (comment: { id: string; articleId: string; authorId?: string | undefined }): Listing => ({
  order: comment.id,
  article: comment.articleId,
  ...(comment.authorId !== undefined && { author: comment.authorId }),
});

/**
 * Places a comment where readers and moderators find it: `thread` while it is shown (approved, or a tombstone over
 * visible replies), `flat` while it is an approved reply (the flat view joins them with the top level of the thread),
 * `queue` while it waits for a moderator, `rank` while readers have reacted to it. Only settling moves a comment between
 * these.
 */
export const visibleListing = (comment: {
  articleId: string;
  parentId: string | null;
  shown: boolean;
  approved: boolean;
  queue: string | null;
  /** Its place among the comments of its thread that have reactions. */
  score: string | null;
  /** Which of its article's shards it is listed in. */
  shard: number;
}): Record<'thread' | 'flat' | 'queue' | 'rank' | 'score', string | undefined> => {
  const thread = partitionOfShard(threadOf(comment.articleId, comment.parentId), comment.shard);
  return {
    thread: comment.shown ? thread : undefined,
    flat: comment.approved && comment.parentId !== null ? partitionOfShard(comment.articleId, comment.shard) : undefined,
    queue: comment.queue ?? undefined,
    rank: comment.score === null ? undefined : thread,
    score: comment.score ?? undefined,
  };
};

/** Places an article in the lists of articles; `order` sorts by the time of publication, then by id. */
export const articleListing = (article: { id: string; publishedAt: string; section: string | null }): Listing => ({
  order: `${article.publishedAt} ${article.id}`,
  thread: allArticles,
  ...(article.section === null ? {} : { flat: sectionOf(article.section) }),
});
