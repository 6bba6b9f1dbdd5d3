import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { table, tableName } from '#table/client.ts';
import { getItem, getItems } from '#table/get.ts';
import { type Key, memberKey } from '#table/keys.ts';
import { buildUpdate } from '#table/update.ts';
import type { StandingGiven, StoredStanding } from './rules/standing.ts';

/** A member as the table knows them: posting writes the name and what it remembers, moderators write the standing. */
export type MemberItem = StoredStanding & { name?: string };

/** The member as the last write left them; of somebody never seen nothing is known. */
export const readMember = async (memberId: string): Promise<MemberItem> =>
  (await getItem<MemberItem>(memberKey(memberId), { consistent: true })) ?? {};

/** Members by their id, in one batch for a page. */
export async function readMembers(memberIds: readonly string[]): Promise<Map<string, MemberItem>> {
  const items = new Map((await getItems<Key & MemberItem>(memberIds.map(memberKey))).map((item) => [item.pk, item]));
  return new Map(memberIds.map((id) => [id, items.get(memberKey(id).pk) ?? {}]));
}

/**
 * Gives a member a standing, end and note included; they need never have been seen.
 *
 * @param over the revision that it replaces, 0 for none; without it, whichever is there
 * @returns the member as they are now, or nothing when another revision is there
 */
export async function writeStanding(
  memberId: string,
  { standing, until, note }: StandingGiven,
  over: number | undefined,
): Promise<MemberItem | undefined> {
  const update = buildUpdate({
    key: memberKey(memberId),
    set: {
      standing: standing === 'normal' ? undefined : standing,
      standingUntil: until ?? undefined,
      standingNote: note ?? undefined,
    },
    add: { standingRevision: 1 },
    ...(over !== undefined && { expect: { standingRevision: over === 0 ? undefined : over } }),
  });
  try {
    const { Attributes } = await table.send(new UpdateCommand({ TableName: tableName, ...update, ReturnValues: 'ALL_NEW' }));
    return Attributes as MemberItem;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return undefined;
  }
}
