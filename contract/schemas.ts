import * as z from 'zod';
import { articleId, commentId, memberId } from '#http/scalars.ts';

z.globalRegistry.add(articleId, { id: 'ArticleId', description: 'The publisher’s own id.', examples: ['ceasefire'] });
z.globalRegistry.add(commentId, {
  id: 'CommentId',
  description: 'A UUIDv7 in lower case: the order of ids is the order of time.',
  examples: ['01a2087d-055f-761f-a4ff-8ff03da283de'],
});
z.globalRegistry.add(memberId, { id: 'MemberId', description: 'The site’s own id of a member: `sub` in their token.', examples: ['ann'] });

/** A moment as it is always answered: RFC 3339, in UTC, with milliseconds. */
export const moment = z.iso.datetime({ precision: 3 }).meta({ examples: ['2026-11-23T09:30:00.000Z'] });

/** How many there are of something. */
export const count = z.int().min(0);

export const revision = z.int().min(1).describe('Moves with content and decisions; `If-Match` takes it in quotes.');

/** One page of a list; `id` names it in the published description. */
export const pageOf = <T extends z.ZodType>(item: T, id: string) =>
  z
    .strictObject({
      items: z.array(item),
      nextCursor: z.string().nullable().describe('Send it as `cursor` for the next page; null on the last one.'),
    })
    .meta({ id });
