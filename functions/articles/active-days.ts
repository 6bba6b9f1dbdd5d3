import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { Comment } from '#comments/comment.ts';
import { createdAt } from '#comments/rules/view.ts';
import { activeDayKey, activeDays, type Key } from '#table/keys.ts';
import { queryPartition } from '#table/query.ts';
import { writeChange } from '#table/write.ts';

/** An article, and a day in UTC (`yyyy-mm-dd`) on which something was posted there. */
export interface ActiveDay {
  day: string;
  articleId: string;
}

/** Days for which it is known where something was posted. */
export const daysKnown = 90;

/** What this process has noted: the note of a day is always the same, so writing it again would say nothing new. */
const noted = new LRUCache<string, true>({ max: 20_000 });
/** Notes that are written side by side: when a day begins, a batch may bring a hundred, and other work goes on beside them. */
const atOnce = 10;

/**
 * Notes on which days comments were posted on their articles: one write unit for the first of an article and day, and
 * nothing for those that follow. Settling waits for it before it counts them, so no counted comment is without its note.
 */
export async function noteActiveDays(comments: readonly Pick<Comment, 'order' | 'articleId' | 'counted'>[]): Promise<void> {
  const days = comments
    .filter(({ counted }) => counted === undefined)
    .map(({ order, articleId }) => ({ day: dayOf(createdAt(order)), articleId }));
  const byPosition = new Map(days.map((activeDay) => [positionOf(activeDay), activeDay]));
  await pLimit(atOnce).map(
    [...byPosition.values()].filter((activeDay) => !noted.has(positionOf(activeDay))),
    note,
  );
}

async function note(activeDay: ActiveDay): Promise<void> {
  // The day itself has to pass as well; the table forgets the note some time after that (TTL).
  const expiresAt = Date.parse(activeDay.day) / 1_000 + (daysKnown + 1) * 86_400;
  const key = activeDayKey(activeDay.day, activeDay.articleId);
  await writeChange({ key, set: { expiresAt } });
  noted.set(positionOf(activeDay), true);
}

/** Reads at most `limit` days of articles, the last first, that come before a position. */
export async function readActiveDays(limit: number, before: string): Promise<ActiveDay[]> {
  const items = await queryPartition<Key>(activeDays, { limit, after: before, ascending: false });
  return items.map(({ sk }) => activeDayAt(sk));
}

/** Where the day of an article stands in the order of days. */
export const positionOf = ({ day, articleId }: ActiveDay): string => activeDayKey(day, articleId).sk;

/** The day of an article at a position. */
export const activeDayAt = (position: string): ActiveDay => ({ day: dayOf(position), articleId: position.slice(dayLength + 1) });

/** The position after all articles of the day of this moment. */
export const endOfDay = (time: Date): string => `${dayOf(time.toISOString())}~`;

const dayLength = 'yyyy-mm-dd'.length;
const dayOf = (time: string) => time.slice(0, dayLength);
