import { tableName } from '#table/client.ts';
import { memberKey } from '#table/keys.ts';
import type { TransactItem } from '#table/transaction.ts';
import { buildUpdate } from '#table/update.ts';
import { readMember } from './member-storage.ts';
import { recentKeys } from './recent-keys.ts';
import { recentTexts } from './recent-texts.ts';
import { standingAt } from './rules/standing.ts';

/** Seconds after which nothing is left of any allowance of posts: the longest window of a rate is an hour. */
const longestWindow = 3_600;

/**
 * Builds what forgets a member: their name, what was noted about them, how much they posted and what they said lately. A standing stays, and for an
 * hour what they have used of their rate, under a key that is no name: to keep out whoever was banned is in the interest of all
 * others (GDPR, Article 17(3) and Recital 47), and erasing one's data is no way around it.
 */
export async function buildForgetting(memberId: string, now: Date): Promise<TransactItem[]> {
  const member = await readMember(memberId);
  if (Object.keys(member).length === 0) return [];
  const { standing, until } = standingAt(member, now);
  const seconds = Math.floor(now.getTime() / 1_000) + longestWindow;
  const endsAt = until === null ? undefined : Math.max(seconds, Math.ceil(Date.parse(until) / 1_000));
  const forgotten = ['id', 'name', 'posted', 'standingNote', ...recentTexts, ...recentKeys].map((attribute) => [attribute, undefined]);
  const change = {
    key: memberKey(memberId),
    set: { ...Object.fromEntries(forgotten), expiresAt: standing === 'normal' ? seconds : endsAt },
    expect: { standingRevision: member.standingRevision },
  };
  return [{ Update: { TableName: tableName, ...buildUpdate(change) } }];
}
