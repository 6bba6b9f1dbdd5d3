import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { Problem } from '#http/problem.ts';
import { line, memberId, time } from '#http/scalars.ts';
import { auditRecord } from '#moderation/audit-record.ts';
import { backoff } from '#table/backoff.ts';
import { writeStanding } from './member-storage.ts';
import { readAuthor } from './record.ts';
import { type Standing, standingAt, standings } from './rules/standing.ts';
import { userReply } from './user-view.ts';

const body = z.strictObject({
  standing: z.enum(standings),
  until: z.optional(z.nullable(time)),
  note: z.optional(z.nullable(line(1_000))),
});

/** Gives a member a standing. It is given as a whole: without `until` it has no end, without `note` nothing is noted. */
export const patchUser = endpoint({
  params: z.object({ userId: memberId }),
  body,
  handle: async ({ params: { userId }, body: { standing, until = null, note = null }, ifMatch, caller, now }) => {
    requireEnd(standing, until, now);
    const actor = { id: caller.id, name: caller.name };
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const { member: over, record } = await readAuthor(userId, { consistent: true });
      // Everybody has a standing, so `*` matches somebody who was never given one, too.
      if (ifMatch !== '*') requireMatch(ifMatch, over.standingRevision ?? 0);
      const before = standingAt(over, now).standing;
      const entry = auditRecord({
        ...{ id: uuidv7(), actor, action: 'change-standing', memberId: userId, before, after: standing },
        ...(note !== null && { note }),
      });
      const member = await writeStanding(userId, { standing, until, note }, over, entry);
      if (member !== undefined) return userReply(userId, member, record, now);
      await backoff(attempt);
    }
    throw new Problem('unavailable', 'Others are changing this member’s standing.', { headers: { 'retry-after': '1' } });
  },
});

/** Times a standing is given again over another that came in between; posting moves the same item, but not its standing. */
const tries = 5;

function requireEnd(standing: Standing, until: string | null, now: Date): void {
  if (until === null) return;
  if (standing === 'normal') throw noSuchEnd('has no meaning here: every other standing ends in normal');
  if (until <= now.toISOString()) throw noSuchEnd('must lie ahead');
}

const noSuchEnd = (message: string) => new Problem('invalid', 'The standing cannot end then.', { errors: [{ path: '/until', message }] });
