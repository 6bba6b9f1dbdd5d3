import { ok, type Reply } from '#http/reply.ts';
import type { MemberItem } from './member-storage.ts';
import type { AuthorRecord } from './record.ts';
import { type StandingGiven, standingAt } from './rules/standing.ts';

/** A member as moderators see them; 0 is the revision of a standing that nobody has given. */
export interface UserView extends StandingGiven {
  id: string;
  /** Null for somebody who has never posted. */
  name: string | null;
  record: AuthorRecord;
  revision: number;
}

/** The answer that tells of a member at `now`. */
export function userReply(id: string, member: MemberItem, record: AuthorRecord, now: Date): Reply {
  const { name = null, standingRevision: revision = 0 } = member;
  const view: UserView = { id, name, ...standingAt(member, now), record, revision };
  return ok(view, revision);
}
