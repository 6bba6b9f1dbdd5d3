import assert from 'node:assert/strict';
import type { ArticleItem } from '#articles/article.ts';
import { sumsOf } from '#articles/rules/recount.ts';
import { type Comment, type CommentItem, commentOf } from '#comments/comment.ts';
import { sumOf } from '#comments/rules/contribution.ts';
import { dayOf } from '#comments/rules/view.ts';
import { decisionActions } from '#moderation/rules/decision.ts';
import {
  articleKey,
  articleTallyKey,
  dayModeratorKey,
  dayTallyKey,
  jobKey,
  listShardOf,
  partitionOfShard,
  queueShardOf,
  queueTallyKey,
  recordKey,
  shardOf,
  threadOf,
} from '#table/keys.ts';
import { scanTable } from '../support/table.ts';
import { textOfItems } from '../support/text-of-items.ts';

export type Item = Record<string, unknown> & { pk: string; sk: string };
export type Sums = Record<string, Record<string, number>>;

/** What one comment must be, by a plain model that knows nothing of settling. */
export interface Expected {
  id: string;
  articleId: string;
  parentId: string | undefined;
  status: 'approved' | 'held' | 'rejected' | 'spam' | 'deleted' | 'muted';
  /** Its author. */
  authorId: string;
  /** The moderator who judged it last, unless it was edited since. */
  judgedBy?: string | undefined;
  edits?: number;
  /** How often readers gave, changed or took back a reaction. */
  reacted?: number;
  appeal?: 'open' | 'answered' | undefined;
}

/** What a moderator ordered to be taken down. */
export interface Ordered {
  /** The job's id. */
  id: string;
  /** Under whose name it decides. */
  actor: string;
  /** Comments that it must have come to, unless somebody changed them since. */
  due: Set<string>;
  /** How many decisions of it were seen. */
  changed: number;
}

/** Everything stored, as the invariants look at it, and what the sums were before any of it. */
export interface World {
  items: readonly Item[];
  comments: readonly Comment[];
  before: Sums;
}

export const worldOf = (items: readonly Item[], before: Sums = {}): World => ({
  items,
  before,
  comments: items.filter(({ sk }) => sk === 'comment').map((item) => commentOf(item as unknown as CommentItem)),
});

/** All of a table. */
export const readWorld = async (): Promise<World> => worldOf(await scanTable<Item>());

/** Holds after every single transaction, whatever was delivered how often and in which order. */
export function tallyIsSumOfCounted(world: World): void {
  assert.deepEqual(storedSums(world), countedSums(world), 'a tally is not the sum of what was counted');
}

/** Holds once nothing is unsettled. */
export function everythingIsTrue(
  world: World,
  model: {
    expected: readonly Expected[];
    marks: ReadonlyMap<string, string>;
    erased: ReadonlySet<string>;
    decisions: ReadonlyMap<string, string[]>;
    waited: ReadonlySet<string>;
    jobs: readonly Ordered[];
  },
): void {
  const unsettled = world.items.filter((item) => item.unsettled);
  assert.deepEqual(unsettled, [], 'something was left unsettled');
  tallyIsSumOfCounted(world);
  assert.deepEqual(storedDays(world), recountedDays(world), 'a day is counted wrongly');
  assert.deepEqual(storedDecisions(world), Object.fromEntries(model.decisions), 'decisions are recorded wrongly');
  assert.deepEqual(storedWaits(world), [...model.waited].sort(), 'it is known of other comments how long they waited');
  assert.deepEqual(storedMarks(world), Object.fromEntries(model.marks), 'there are other reactions or reports');
  assert.deepEqual(storedPlaces(world), expectedPlaces(world, model, openByComment(world)), 'comments are found in the wrong places');
  assert.deepEqual(storedCounts(world), visibleCounts(world), 'an article counts other comments than are seen');
  const kept = textOfItems(world.items);
  for (const member of model.erased) assert.ok(!kept.includes(member), 'something is left of a member whose data was erased');
  for (const job of model.jobs) isDone(world, job, model.expected);
}

function isDone({ items }: World, { id, due, changed }: Ordered, expected: readonly Expected[]): void {
  const job = items.find(({ pk }) => pk === jobKey(id).pk);
  assert.equal(job?.state, 'done');
  assert.equal((job?.counts as Record<string, number> | undefined)?.changed, changed, 'a job counts other decisions than it took');
  const missed = expected.filter((comment) => due.has(comment.id) && ['approved', 'held'].includes(comment.status));
  assert.deepEqual(missed, [], 'a job has left something out');
}

/** Every tally, as far as it has moved: article tallies, records of members, queue sizes, days, and what hangs below each comment. */
export function storedSums({ items, before }: World): Sums {
  const sums: Sums = {};
  for (const { pk, sk, version: _version, ...item } of items) {
    if (sk === 'tally' || sk === 'record') sums[pk] = numbersOf(item);
    if (pk.startsWith('DAY#')) sums[`${pk} ${sk}`] = numbersOf(item);
    if (sk !== 'comment') continue;
    const { replyCount, shownChildren, reactions, reports } = item;
    sums[pk] = numbersOf({ replyCount, shownChildren, ...(reactions as object), ...(reports as object) });
  }
  for (const [name, sum] of Object.entries(before)) sums[name] = differenceOf(sums[name] ?? {}, sum);
  return withoutEmpty(sums);
}

const differenceOf = (after: Record<string, number>, before: Record<string, number>) =>
  numbersOf(
    Object.fromEntries(
      [...new Set([...Object.keys(after), ...Object.keys(before)])].map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]),
    ),
  );

/** The same tallies as sums of what each comment says has been counted of it. */
function countedSums({ comments, items }: World): Sums {
  const sums: Sums = {};
  const add = (pk: string, name: string) => {
    sums[pk] = { ...sums[pk], [name]: (sums[pk]?.[name] ?? 0) + 1 };
  };
  for (const { counted, articleId, authorId, order } of comments) {
    if (counted === undefined) continue;
    add(articleTallyKey(articleId).pk, counted.status);
    if (counted.status !== 'approved' && authorId !== undefined) add(recordKey(authorId).pk, counted.status);
    const day = dayTallyKey(dayOf(order), articleId);
    const inDay = (name: string) => add(`${day.pk} ${day.sk}`, name);
    inDay(counted.status);
    if (counted.reported) inDay('reported');
    if (counted.minutesHeld !== undefined) inDay(`${counted.minutesHeld}m`);
    if (counted.queue) add(queueTallyKey(queueShardOf(counted.queue, shardOf(order))).pk, 'size');
  }
  for (const [id, below] of sumsOf(comments).below) sums[`C#${id}`] = below;
  for (const { pk, counted } of marksOf(items)) if (typeof counted === 'string') add(pk, counted);
  for (const { id, actor } of recordsOf(items)) {
    const day = dayModeratorKey(dayOf(id), actor.id);
    add(`${day.pk} ${day.sk}`, 'decisions');
  }
  return withoutEmpty(sums);
}

const marksOf = (items: readonly Item[]) => items.filter(({ sk }) => /^(reaction|report)#/.test(sk));

/** The marks that are there, each as what it counts as. */
const storedMarks = ({ items }: World) => Object.fromEntries(marksOf(items).map(({ pk, sk, view }) => [`${pk} ${sk}`, view]));

/** What is recorded of decisions on comments, apart from the work that was ordered on whole branches. */
export const recordsOf = (items: readonly Item[]) =>
  items
    .filter(({ sk }) => sk.startsWith('decision#'))
    .map(({ view }) => JSON.parse(String(view)))
    .filter(({ action }) => decisionActions.includes(action));

/** What is recorded of the decisions on each comment, in the order of time. */
function storedDecisions({ items }: World): Record<string, string[]> {
  const inOrder = recordsOf(items).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const byComment = Map.groupBy(inOrder, ({ commentId }) => commentId as string);
  return Object.fromEntries([...byComment].map(([id, all]) => [id, all.map(({ after }) => after)]));
}

/** Reports of each comment that no moderator had seen when deciding on it. */
function openByComment({ comments, items }: World): Map<string, number> {
  const reports = Object.groupBy(
    items.filter(({ sk }) => sk.startsWith('report#')),
    ({ pk }) => pk,
  );
  return new Map(comments.map(({ order, reportsSeen = 0 }) => [order, (reports[`C#${order}`]?.length ?? 0) - reportsSeen]));
}

/** The sums of each day over all its shards, as they are stored. */
function storedDays(world: World): Sums {
  const shards = Object.entries(storedSums(world)).filter(([name]) => /^DAY#\S+ comments#/.test(name));
  const days = Map.groupBy(shards, ([name]) => name.split(' ')[0] ?? '');
  return withoutEmpty(Object.fromEntries([...days].map(([day, all]) => [day, sumOf(all.map(([, sums]) => sums))])));
}

/** The same recounted from what is there, whatever was counted: where comments stand, their reports, how long they waited. */
function recountedDays({ comments, items }: World): Sums {
  const reported = new Set(items.filter(({ sk }) => sk.startsWith('report#')).map(({ pk }) => pk));
  const days = Map.groupBy(comments, ({ order }) => `DAY#${dayOf(order)}`);
  const namesOf = ({ order, status, minutesHeld }: World['comments'][number]) => [
    ...[status, ...(reported.has(`C#${order}`) ? ['reported'] : [])],
    ...(minutesHeld === undefined ? [] : [`${minutesHeld}m`]),
  ];
  return Object.fromEntries([...days].map(([pk, all]) => [pk, sumOf(all.flatMap(namesOf).map((name) => ({ [name]: 1 })))]));
}

/** Comments of which it is known how long they waited for the moderator who decided on them. */
const storedWaits = ({ comments }: World) =>
  comments
    .filter(({ minutesHeld }) => minutesHeld !== undefined)
    .map(({ order }) => order)
    .sort();

/** Reports that hold a comment, as the model's policy has it. */
const holdAt = 3;

/** What readers, authors and moderators find in the indexes, by comment. */
const storedPlaces = ({ items }: World) =>
  Object.fromEntries(
    items
      .filter(({ sk }) => sk === 'comment')
      .map(({ pk, status, thread, flat, queue, article, author, rank, score }) => [
        pk,
        { status, thread, flat, queue, article, author, rank, score },
      ]),
  );

/** What the model says they must find once nothing is unsettled. */
function expectedPlaces(
  { items }: World,
  { expected, marks, erased }: { expected: readonly Expected[]; marks: ReadonlyMap<string, string>; erased: ReadonlySet<string> },
  open: Map<string, number>,
) {
  const reports = (id: string) => open.get(id) ?? 0;
  const comments = expected.map((comment) =>
    comment.status === 'approved' && reports(comment.id) >= holdAt ? { ...comment, status: 'held' as const } : comment,
  );
  const queueOf = ({ status, id, appeal }: Expected) => {
    if (status === 'held') return 'held';
    if (status === 'approved' && reports(id) > 0) return 'reported';
    return (status === 'rejected' || status === 'spam') && appeal === 'open' ? 'appeals' : undefined;
  };
  const shown = (comment: Expected): boolean =>
    comment.status === 'approved' || comments.some((other) => other.parentId === comment.id && shown(other));
  const scoreOf = ({ id, status }: Expected) => {
    const reactions = [...marks.keys()].filter((key) => key.startsWith(`C#${id} reaction#`)).length;
    return status === 'approved' && reactions > 0
      ? `${String(1 + Math.floor(2 * Math.log2(reactions))).padStart(3, '0')}#${id}`
      : undefined;
  };
  return Object.fromEntries(
    comments.map((comment) => {
      const { id, articleId, parentId, authorId, status } = comment;
      const shard = listShardOf(id, shardsOf(items, articleId));
      const thread = partitionOfShard(threadOf(articleId, parentId ?? null), shard);
      const queue = queueOf(comment);
      const score = scoreOf(comment);
      const places = {
        thread: shown(comment) ? thread : undefined,
        flat: status === 'approved' && parentId !== undefined ? partitionOfShard(articleId, shard) : undefined,
        queue: queue && queueShardOf(queue, shardOf(id)),
        article: articleId,
        author: erased.has(authorId) ? undefined : authorId,
        ...{ rank: score && thread, score },
      };
      return [`C#${id}`, { status, ...places }];
    }),
  );
}

/** Over how many shards an article says that its lists are spread. */
function shardsOf(items: readonly Item[], articleId: string): number {
  const { pk, sk } = articleKey(articleId);
  const article = items.find((item) => item.pk === pk && item.sk === sk) as ArticleItem | undefined;
  return article?.view.commenting.shards ?? 1;
}

/** Approved comments per article, as readers find them in the indexes. */
export function visibleCounts({ items }: World): Record<string, number> {
  const approved = items.filter(({ sk, status, thread }) => sk === 'comment' && status === 'approved' && thread !== undefined);
  const byArticle = Object.groupBy(approved, ({ article }) => articleTallyKey(String(article)).pk);
  return numbersOf(Object.fromEntries(Object.entries(byArticle).map(([pk, all]) => [pk, all?.length])));
}

export const storedCounts = (world: World): Record<string, number> =>
  numbersOf(
    Object.fromEntries(
      Object.entries(storedSums(world))
        .filter(([name]) => name.startsWith('A#'))
        .map(([name, { approved }]) => [name, approved]),
    ),
  );

const numbersOf = (values: object): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] !== 0));

const withoutEmpty = (sums: Sums): Sums =>
  Object.fromEntries(Object.entries(sums).filter(([, sum]) => Object.keys(numbersOf(sum)).length > 0));
