import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { memberId } from '#http/scalars.ts';
import { readAuthor } from './record.ts';
import { userReply } from './user-view.ts';

/** A member's standing and record. Ids are the site's own, so somebody who has never been here is simply normal. */
export const getUser = endpoint({
  params: z.object({ userId: memberId }),
  handle: async ({ params: { userId }, now }) => {
    const { member, record } = await readAuthor(userId, { consistent: true });
    return userReply(userId, member, record, now);
  },
});
