import { tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { memberKey } from '#table/keys.ts';
import { type TransactItem, writeTransaction } from '#table/transaction.ts';
import { buildUpdate } from '#table/update.ts';
import type { StandingGiven, StoredStanding } from './rules/standing.ts';

/** A member as the table knows them: posting writes the name and what it remembers, moderators write the standing. */
export type MemberItem = StoredStanding & {
  name?: string;
  /** How many of their posts were admitted. */
  posted?: number;
};

/** The member as the last write left them; of somebody never seen nothing is known. */
export const readMember = async (memberId: string): Promise<MemberItem> =>
  (await getItem<MemberItem>(memberKey(memberId), { consistent: true })) ?? {};

/**
 * Gives a member a standing over the one that was read, end and note included, and records it; they need never have been seen.
 *
 * @returns the member as they are now, or nothing when another standing was given in between
 */
export async function writeStanding(
  memberId: string,
  { standing, until, note }: StandingGiven,
  over: MemberItem,
  record: TransactItem,
): Promise<MemberItem | undefined> {
  const given = {
    id: memberId,
    expiresAt: undefined,
    standing: standing === 'normal' ? undefined : standing,
    standingUntil: until ?? undefined,
    standingNote: note ?? undefined,
    standingRevision: (over.standingRevision ?? 0) + 1,
  };
  const change = { key: memberKey(memberId), set: given, expect: { standingRevision: over.standingRevision } };
  const outcome = await writeTransaction([{ Update: { TableName: tableName, ...buildUpdate(change) } }, record]);
  if (outcome.kind !== 'committed') return undefined;
  const { name, standingRevision } = { ...over, ...given };
  return {
    ...(name !== undefined && { name }),
    ...(given.standing && { standing: given.standing }),
    ...(given.standingUntil !== undefined && { standingUntil: given.standingUntil }),
    ...(given.standingNote !== undefined && { standingNote: given.standingNote }),
    standingRevision,
  };
}
