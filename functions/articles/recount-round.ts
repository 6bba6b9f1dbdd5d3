import { logError } from '#http/log.ts';
import type { Measured } from '#http/metrics.ts';
import { getItem } from '#table/get.ts';
import { allArticles, recountRoundKey } from '#table/keys.ts';
import type { Meter } from '#table/meter.ts';
import { queryIndex } from '#table/query.ts';
import { writeChange } from '#table/write.ts';
import { endOfDay, positionOf, readActiveDays } from './active-days.ts';
import type { ArticleItem } from './article.ts';
import { NotRecountable, recount } from './recount.ts';

/** What a round of recounts found. */
export interface RecountRound {
  /** Articles recounted. */
  articles: number;
  /** The drift of each article that had any, by its id; it is mended. */
  drifted: Record<string, number>;
  /** Articles that changed too fast, or have too many comments, to be recounted. */
  skipped: number;
  /** Articles whose recount failed; the log has the reasons. */
  failed: number;
}

/**
 * Request units that a round may consume. One article may take more, at most a unit and a half for each of `recountLimit`
 * comments; what was overdrawn is taken off the rounds that follow.
 */
export const unitsPerRound = 2_000;
/** Milliseconds after which a round begins with no further article: the longest recount still ends in the time of the function. */
const beginsUntil = 30_000;
/** Articles listed at once. */
const listSize = 20;
const aDay = 86_400_000;

/** Where a round goes on; without a position, a list is begun anew. */
interface Place {
  lately?: string | undefined;
  all?: string | undefined;
  /** Units that earlier rounds consumed beyond what they might. */
  owed: number;
}

interface Entry {
  articleId: string;
  position: string;
}

type List = (after: string | undefined) => Promise<Entry[]>;

/**
 * Recounts a few articles and mends what has drifted: with half of its units those commented on today or yesterday, with the
 * rest the next ones of all public articles. Both lists are gone through from where the last round stopped, again and again.
 *
 * @param meter counts what this process consumes
 */
export async function recountRound(now: Date, meter: Meter): Promise<RecountRound> {
  const begun = meter.units;
  const spent = () => place.owed + meter.units - begun;
  const place = (await getItem<Place>(recountRoundKey)) ?? { owed: 0 };
  const round: RecountRound = { articles: 0, drifted: {}, skipped: 0, failed: 0 };
  const seen = new Set<string>();
  const ends = performance.now() + beginsUntil;
  const hasRoom = (share: number) => spent() < share * unitsPerRound && performance.now() < ends;

  async function walk(list: List, from: string | undefined, share: number): Promise<string | undefined> {
    let position = from;
    while (hasRoom(share)) {
      const entries = await list(position);
      for (const entry of entries) {
        if (!hasRoom(share)) return position;
        if (!seen.has(entry.articleId)) await add(round, entry.articleId, now);
        seen.add(entry.articleId);
        position = entry.position;
      }
      if (entries.length < listSize) return undefined;
    }
    return position;
  }

  const lately = await walk(commentedOnLately(now), place.lately, 0.5);
  const all = await walk(publicArticles, place.all, 1);
  const owed = Math.max(0, spent() - unitsPerRound);
  await writeChange({ key: recountRoundKey, set: { lately, all, owed } });
  return round;
}

async function add(round: RecountRound, articleId: string, now: Date): Promise<void> {
  try {
    const { drift } = await recount(articleId, now);
    round.articles += 1;
    if (drift > 0) round.drifted[articleId] = drift;
  } catch (error) {
    if (error instanceof NotRecountable) {
      round.skipped += 1;
      return;
    }
    // The others are recounted all the same, or one article could keep the walk from ever passing it.
    logError('a recount failed', articleId, error);
    round.failed += 1;
  }
}

/** Those with a comment of today or yesterday, by the notes that settling takes; removed articles are among them. */
const commentedOnLately =
  (now: Date): List =>
  async (after = endOfDay(now)) => {
    const since = endOfDay(new Date(now.getTime() - 2 * aDay));
    const entries = (await readActiveDays(listSize, after)).map((day) => ({ articleId: day.articleId, position: positionOf(day) }));
    return entries.filter(({ position }) => position > since);
  };

const publicArticles: List = async (after) => {
  const rows = await queryIndex<ArticleItem & { order: string }>({
    ...{ index: 'thread', partition: allArticles, limit: listSize, ascending: false, after },
  });
  return rows.map(({ view, order }) => ({ articleId: view.id, position: order }));
};

/** What recounts came to, whoever asked for them, as metrics. */
export const recounted = (values: { Articles: number; Drift: number; Skipped?: number }): Measured => ({
  by: { Work: 'recounting' },
  values,
});
