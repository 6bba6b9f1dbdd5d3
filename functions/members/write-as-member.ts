import type { Caller } from '#http/caller.ts';
import { memberKey } from '#table/keys.ts';
import { writeOver } from '#table/write.ts';
import type { MemberItem } from './member-storage.ts';
import { postingStanding } from './posting-standing.ts';
import type { PostingStanding } from './rules/standing.ts';

/** What else must hold of the member's item: expressions over its attributes (`#name`) and values of their own (`:value`). */
export interface Conditions {
  expressions: readonly string[];
  values: Record<string, unknown>;
}

/** Whether it was written, and the member as the write found them. */
export interface WrittenAsMember {
  written: boolean;
  found: MemberItem & Record<string, unknown>;
  standing: PostingStanding;
}

/** A ban that has ended is none. */
const notBanned = '(attribute_not_exists(#standing) OR #standing <> :banned OR #standingUntil <= :moment)';

/**
 * Writes what a post or an edit leaves in its member's item, and adds to its counts: one conditional write, which a ban refuses and which tells the
 * standing, so that neither is ever asked for apart. Without `conditions` nothing else can be in its way.
 *
 * @throws Problem `forbidden` (403) for who is banned
 */
export async function writeAsMember(
  caller: Caller,
  attributes: Record<string, unknown>,
  now: Date,
  { expressions, values }: Conditions = { expressions: [], values: {} },
  added: Record<string, number> = {},
): Promise<WrittenAsMember> {
  const set = Object.entries({ name: caller.name, ...attributes });
  const add = Object.entries(added);
  const listed = (entries: readonly (readonly [string, unknown])[], sign: string) =>
    entries.map(([name]) => `#${name} ${sign}:${name}`).join(', ');
  const { written, before: found = {} } = await writeOver<WrittenAsMember['found']>({
    Key: memberKey(caller.id),
    // Whoever comes back after an erasure is there to stay.
    UpdateExpression: `SET ${listed(set, '= ')} REMOVE expiresAt${add.length > 0 ? ` ADD ${listed(add, '')}` : ''}`,
    ConditionExpression: [notBanned, ...expressions].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(
      ['standing', 'standingUntil', ...[...set, ...add].map(([name]) => name)].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries([...set, ...add].map(([name, value]) => [`:${name}`, value])),
      ...values,
      ':banned': 'banned',
      ':moment': now.toISOString(),
    },
  });
  return { written, found, standing: postingStanding(found, now) };
}
