import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { Problem } from '#http/problem.ts';
import { line, memberId, time } from '#http/scalars.ts';
import { readMember, writeStanding } from './member-storage.ts';
import { readRecord } from './record.ts';
import { type Standing, standings } from './rules/standing.ts';
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
  handle: async ({ params: { userId }, body: { standing, until = null, note = null }, ifMatch, now }) => {
    requireEnd(standing, until, now);
    const over = ifMatch === undefined || ifMatch === '*' ? undefined : ((await readMember(userId)).standingRevision ?? 0);
    // Everybody has a standing, so `*` matches somebody who was never given one, too.
    if (over !== undefined) requireMatch(ifMatch, over);
    const member = await writeStanding(userId, { standing, until, note }, over);
    if (member === undefined) throw new Problem('stale-revision', 'Somebody else has given this member another standing.');
    return userReply(userId, member, await readRecord(userId), now);
  },
});

function requireEnd(standing: Standing, until: string | null, now: Date): void {
  if (until === null) return;
  if (standing === 'normal') throw noSuchEnd('has no meaning here: every other standing ends in normal');
  if (until <= now.toISOString()) throw noSuchEnd('must lie ahead');
}

const noSuchEnd = (message: string) => new Problem('invalid', 'The standing cannot end then.', { errors: [{ path: '/until', message }] });
