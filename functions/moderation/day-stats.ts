import { type Difference, sumOf } from '#comments/rules/contribution.ts';
import { dayModeratorKey, dayPartitionOf, type Key } from '#table/keys.ts';
import { queryPartition } from '#table/query.ts';
import { medianMinutesHeld } from './rules/minutes-held.ts';

/** What happened on a day (UTC), as far as it has been settled. */
export interface DayStats {
  /** `yyyy-mm-dd`. */
  day: string;
  /** Comments posted on it, and where they stand now. */
  submitted: number;
  approved: number;
  held: number;
  rejected: number;
  spam: number;
  deleted: number;
  muted: number;
  /** Those of them that readers have reported. */
  reported: number;
  /** Of those that were held and decided on, see `minutesHeld`. */
  medianMinutesHeld: number | null;
  /** Who decided on comments on this day, whenever those were posted; most decisions first. */
  moderators: ModeratorOfDay[];
}

interface ModeratorOfDay {
  id: string;
  name: string;
  decisions: number;
}

type ModeratorItem = Key & Omit<ModeratorOfDay, 'id'>;
type TallyItem = Key & Difference;

/** Items of a day at most: the shards of its tally, which sort first, and its moderators. */
const mostItems = 500;
const moderatorPrefix = dayModeratorKey('', '').sk;

/** Reads a day: one query of one partition, half a read unit for every 4 KB. */
export async function readDay(day: string): Promise<DayStats> {
  const items = await queryPartition<TallyItem | ModeratorItem>(dayPartitionOf(day), { limit: mostItems });
  const isModerator = (item: Key): item is ModeratorItem => item.sk.startsWith(moderatorPrefix);
  const sums = sumOf(items.flatMap((item) => (isModerator(item) ? [] : [countsOf(item)])));
  const { approved = 0, held = 0, rejected = 0, spam = 0, deleted = 0, muted = 0, reported = 0 } = sums;
  return {
    ...{ day, submitted: approved + held + rejected + spam + deleted + muted },
    ...{ approved, held, rejected, spam, deleted, muted, reported },
    medianMinutesHeld: medianMinutesHeld(sums),
    moderators: items
      .filter(isModerator)
      .map(({ sk, name, decisions }) => ({ id: sk.slice(moderatorPrefix.length), name, decisions }))
      .sort((a, b) => b.decisions - a.decisions),
  };
}

const countsOf = ({ pk: _pk, sk: _sk, ...counts }: TallyItem): Difference => counts;
