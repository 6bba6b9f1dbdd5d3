import { sumsOf } from '#articles/rules/recount.ts';
import { type CommentItem, commentOf } from '#comments/comment.ts';
import { sumOf } from '#comments/rules/contribution.ts';
import { dayOf } from '#comments/rules/view.ts';
import { articleTallyKey, dayModeratorKey, dayTallyKey, queueShardOf, queueTallyKey, recordKey, shardOf, threadOf } from '#table/keys.ts';
import { scanTable } from '../support/table.ts';

type Item = Record<string, unknown> & { pk: string; sk: string };
type Sums = Record<string, Record<string, number>>;

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
  appeal?: 'open' | 'answered' | undefined;
}

/** Everything stored, as the invariants look at it. */
export async function readWorld() {
  const items = await scanTable<Item>();
  const comments = items.filter(({ sk }) => sk === 'comment').map((item) => commentOf(item as unknown as CommentItem));
  return { items, comments };
}

export type World = Awaited<ReturnType<typeof readWorld>>;

/** Every tally, as it is stored: article tallies, records of members, queue sizes, days, and what hangs below each comment. */
export function storedSums({ items }: World): Sums {
  const sums: Sums = {};
  for (const { pk, sk, version: _version, ...item } of items) {
    if (sk === 'tally' || sk === 'record') sums[pk] = numbersOf(item);
    if (pk.startsWith('DAY#')) sums[`${pk} ${sk}`] = numbersOf(item);
    if (sk !== 'comment') continue;
    const { replyCount, shownChildren, reactions, reports } = item;
    sums[pk] = numbersOf({ replyCount, shownChildren, ...(reactions as object), ...(reports as object) });
  }
  return withoutEmpty(sums);
}

/** The same tallies as sums of what each comment says has been counted of it. */
export function countedSums({ comments, items }: World): Sums {
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
export const storedMarks = ({ items }: World) => Object.fromEntries(marksOf(items).map(({ pk, sk, view }) => [`${pk} ${sk}`, view]));

const recordsOf = (items: readonly Item[]) =>
  items.filter(({ sk }) => sk.startsWith('decision#')).map(({ view }) => JSON.parse(String(view)));

/** What is recorded of the decisions on each comment, in the order of time. */
export function storedDecisions({ items }: World): Record<string, string[]> {
  const inOrder = recordsOf(items).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const byComment = Map.groupBy(inOrder, ({ commentId }) => commentId as string);
  return Object.fromEntries([...byComment].map(([id, all]) => [id, all.map(({ after }) => after)]));
}

/** Reports of each comment that no moderator had seen when deciding on it. */
export function openByComment({ comments, items }: World): Map<string, number> {
  const reports = Object.groupBy(
    items.filter(({ sk }) => sk.startsWith('report#')),
    ({ pk }) => pk,
  );
  return new Map(comments.map(({ order, reportsSeen = 0 }) => [order, (reports[`C#${order}`]?.length ?? 0) - reportsSeen]));
}

/** The sums of each day over all its shards, as they are stored. */
export function storedDays({ items }: World): Sums {
  const days = Map.groupBy(
    items.filter(({ pk, sk }) => pk.startsWith('DAY#') && sk.startsWith('comments#')),
    ({ pk }) => pk,
  );
  return Object.fromEntries([...days].map(([pk, shards]) => [pk, sumOf(shards.map(numbersOf))]));
}

/** The same recounted from what is there, whatever was counted: where comments stand, their reports, how long they waited. */
export function recountedDays({ comments, items }: World): Sums {
  const reported = new Set(items.filter(({ sk }) => sk.startsWith('report#')).map(({ pk }) => pk));
  const days = Map.groupBy(comments, ({ order }) => `DAY#${dayOf(order)}`);
  const namesOf = ({ order, status, minutesHeld }: World['comments'][number]) => [
    ...[status, ...(reported.has(`C#${order}`) ? ['reported'] : [])],
    ...(minutesHeld === undefined ? [] : [`${minutesHeld}m`]),
  ];
  return Object.fromEntries([...days].map(([pk, all]) => [pk, sumOf(all.flatMap(namesOf).map((name) => ({ [name]: 1 })))]));
}

/** Comments of which it is known how long they waited for the moderator who decided on them. */
export const storedWaits = ({ comments }: World) =>
  comments
    .filter(({ minutesHeld }) => minutesHeld !== undefined)
    .map(({ order }) => order)
    .sort();

/** Reports that hold a comment, as the model's policy has it. */
const holdAt = 3;

/** What readers and moderators find in the indexes, by comment. */
export const storedPlaces = ({ items }: World) =>
  Object.fromEntries(
    items.filter(({ sk }) => sk === 'comment').map(({ pk, status, thread, flat, queue }) => [pk, { status, thread, flat, queue }]),
  );

/** What the model says they must find once nothing is unsettled. */
export function expectedPlaces(decided: readonly Expected[], open: Map<string, number>) {
  const reports = (id: string) => open.get(id) ?? 0;
  const expected = decided.map((comment) =>
    comment.status === 'approved' && reports(comment.id) >= holdAt ? { ...comment, status: 'held' as const } : comment,
  );
  const queueOf = ({ status, id, appeal }: Expected) => {
    if (status === 'held') return 'held';
    if (status === 'approved' && reports(id) > 0) return 'reported';
    return (status === 'rejected' || status === 'spam') && appeal === 'open' ? 'appeals' : undefined;
  };
  const shown = (comment: Expected): boolean =>
    comment.status === 'approved' || expected.some((other) => other.parentId === comment.id && shown(other));
  return Object.fromEntries(
    expected.map((comment) => [
      `C#${comment.id}`,
      {
        status: comment.status,
        thread: shown(comment) ? threadOf(comment.articleId, comment.parentId ?? null) : undefined,
        flat: comment.status === 'approved' && comment.parentId !== undefined ? comment.articleId : undefined,
        queue: queueOf(comment) && queueShardOf(queueOf(comment) ?? '', shardOf(comment.id)),
      },
    ]),
  );
}

/** Approved comments per article, as readers find them in the indexes. */
export function visibleCounts({ items }: World): Record<string, number> {
  const approved = items.filter(({ sk, status, thread }) => sk === 'comment' && status === 'approved' && thread !== undefined);
  const byArticle = Object.groupBy(approved, ({ article }) => articleTallyKey(String(article)).pk);
  return numbersOf(Object.fromEntries(Object.entries(byArticle).map(([pk, all]) => [pk, all?.length])));
}

export const storedCounts = ({ items }: World): Record<string, number> =>
  numbersOf(
    Object.fromEntries(items.filter(({ pk, sk }) => sk === 'tally' && pk.startsWith('A#')).map(({ pk, approved }) => [pk, approved])),
  );

const numbersOf = (values: object): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] !== 0));

const withoutEmpty = (sums: Sums): Sums =>
  Object.fromEntries(Object.entries(sums).filter(([, sum]) => Object.keys(numbersOf(sum)).length > 0));
