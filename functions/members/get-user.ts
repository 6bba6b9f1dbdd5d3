import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { memberId } from '#http/scalars.ts';
import { readMember } from './member-storage.ts';
import { readRecord } from './record.ts';
import { userReply } from './user-view.ts';

/** A member's standing and record. Ids are the site's own, so somebody who has never been here is simply normal. */
export const getUser = endpoint({
  params: z.object({ userId: memberId }),
  handle: async ({ params: { userId }, now }) => {
    const [member, record] = await Promise.all([readMember(userId), readRecord(userId)]);
    return userReply(userId, member, record, now);
  },
});
