import { createdAt } from '#comments/rules/view.ts';
import { tableName } from '#table/client.ts';
import { auditKey, auditListing, decisionKey, type Key, type Listing } from '#table/keys.ts';
import type { TransactItem } from '#table/transaction.ts';

/** Something that was done by a moderator or an admin, and who did it. */
export interface AuditEntry {
  /** A UUIDv7: it tells when. */
  id: string;
  actor: { id: string; name: string };
  action: string;
  articleId?: string | undefined;
  commentId?: string | undefined;
  /** Whom it concerns: the author of a comment, or whose standing it is. */
  memberId?: string | undefined;
  /** A status, a standing or the version of a policy; null where there was none. */
  before: string | number | null;
  after: string | number | null;
  note?: string | undefined;
  /** The revision of the comment that a decision led to. */
  revision?: number | undefined;
}

/** An entry as it is stored: `view` is the text that is printed, and all that is ever read of it. */
export interface AuditItem extends Key, Listing {
  view: string;
}

/**
 * Builds what records `entry` for good. It belongs into the very transaction that does what it tells of; nothing ever
 * changes it afterwards, but for the id of a member whose data is erased.
 */
export const auditRecord = (entry: AuditEntry): TransactItem => ({ Put: { TableName: tableName, Item: auditItem(entry) } });

/** What is printed of a record once nobody shall know any more whom it concerned: a note may say so in its own words. */
export function withoutMember(view: string): string {
  const { memberId: _, ...rest } = JSON.parse(view) as AuditEntry;
  return JSON.stringify({ ...rest, note: null });
}

/** The item of an entry: with its comment where it is about one, by its day otherwise. */
export function auditItem(entry: AuditEntry): AuditItem {
  const { id, actor, action, articleId, commentId, memberId, before, after, note, revision } = entry;
  const at = createdAt(id);
  const day = at.slice(0, 10);
  return {
    ...(commentId === undefined ? auditKey(day, id) : decisionKey(commentId, id)),
    ...auditListing({ id, day, actorId: actor.id, articleId, memberId }),
    view: JSON.stringify({
      ...{ id, at, actor: { id: actor.id, name: actor.name }, action, articleId, commentId, memberId },
      ...{ before, after, note: note ?? null, revision },
    }),
  };
}
