import { type ActiveDay, activeDayAt, endOfDay, positionOf, readActiveDays } from '#articles/active-days.ts';
import { earliestId } from '#comments/rules/earliest-id.ts';
import { queryIndex } from '#table/query.ts';

/** From when until when, that moment left out; in milliseconds since 1970. */
export interface Period {
  since: number;
  until: number;
}

/** Where a walk over comments stands: at the day of an article, which is done, or done up to and with comment `after`. */
export interface Place {
  position: string;
  after?: string | undefined;
}

/** Days of articles that are looked at side by side, and how many times in one step. */
const sideBySide = 20;
const rounds = 5;
/** Comments of such a day that are listed at first: as many keys as half a read unit reads, so that fewer would cost the same. */
const few = 25;

/** Where the walk over a period begins. */
export const beginningOf = ({ until }: Period): Place => ({ position: endOfDay(new Date(until)) });

/**
 * Takes a step of the walk over all comments of a period, the last day first. It finds at most `limit` ids, and looks at no
 * more than a hundred days of articles for them.
 *
 * @returns the ids, and where to go on; nowhere at the end
 */
export async function findRecent(period: Period, from: Place, limit: number): Promise<{ ids: string[]; next: Place | undefined }> {
  const ids: string[] = [];
  let place = from;
  for (let round = 0; round < rounds && ids.length < limit; round += 1) {
    const room = limit - ids.length;
    const unfinished = place.after !== undefined;
    const days = unfinished ? [activeDayAt(place.position)] : await readDays(period, place);
    if (days.length === 0) return { ids, next: undefined };
    const most = unfinished ? room : few;
    const listed = await Promise.all(days.map(async (day) => ({ day, ids: await listIds(day, period, place.after, most) })));
    const taken = take(listed, most, room, place);
    ids.push(...taken.ids);
    place = taken.place;
  }
  return { ids, next: place };
}

/** Takes what there is room for, in order, and stops in the first day that may have more. */
function take(listed: readonly { day: ActiveDay; ids: string[] }[], most: number, room: number, from: Place) {
  const taken: { ids: string[]; place: Place } = { ids: [], place: from };
  for (const { day, ids } of listed) {
    const fitting = ids.slice(0, room - taken.ids.length);
    if (fitting.length === 0 && ids.length > 0) break;
    taken.ids.push(...fitting);
    const hasMore = fitting.length < ids.length || ids.length === most;
    taken.place = { position: positionOf(day), after: hasMore ? fitting.at(-1) : undefined };
    if (hasMore) break;
  }
  return taken;
}

/** Milliseconds. */
const aDay = 86_400_000;

async function readDays({ since }: Period, { position }: Place): Promise<ActiveDay[]> {
  const days = await readActiveDays(sideBySide, position);
  return days.filter(({ day }) => Date.parse(day) + aDay > since);
}

/** Lists the first `most` comments of a day and period, from after one of them on. */
async function listIds({ day, articleId }: ActiveDay, period: Period, after: string | undefined, most: number): Promise<string[]> {
  const begins = Date.parse(day);
  // Ids are all of one length, so nothing lies between one of them and the same with a blank behind it.
  const from = after === undefined ? earliestId(Math.max(begins, period.since)) : `${after} `;
  const to = earliestId(Math.min(begins + aDay, period.until));
  if (from >= to) return [];
  const rows = await queryIndex<{ order: string }>({
    index: 'article',
    partition: articleId,
    limit: most,
    ascending: true,
    between: [from, to],
  });
  return rows.map(({ order }) => order);
}
