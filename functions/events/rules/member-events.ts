import type { StoredStanding } from '#members/rules/standing.ts';
import type { StandingFact } from '../event.ts';

/** A moderator gave a member another standing, or another end of it; why is nobody else's business. */
export function memberEvents(before: StoredStanding = {}, after: StoredStanding): StandingFact[] {
  if (after.id === undefined || (before.standing === after.standing && before.standingUntil === after.standingUntil)) return [];
  const { id: memberId, standing = 'normal', standingUntil: until = null, standingRevision: revision = 0 } = after;
  return [{ type: 'user.standing-changed', memberId, standing, until, revision }];
}
