import * as z from 'zod/mini';
import { pageReply } from '#comments/comment-page.ts';
import { idPosition } from '#comments/rules/earliest-id.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { articleId, memberId, page, time } from '#http/scalars.ts';
import { readAudit } from './audit-log.ts';

/**
 * The record of what moderators did, newest first. Whoever accepts `application/x-ndjson` gets the same page as a line each, and
 * the address of the next one in `Link`: a whole export is as many requests as it has pages, each bounded.
 */
export const listAudit = endpoint({
  query: z.object({
    ...page,
    since: z.optional(time),
    until: z.optional(time),
    actor: z.optional(memberId),
    article: z.optional(articleId),
    member: z.optional(memberId),
  }),
  handle: async ({ query: { limit, cursor, ...query }, accept = '', now }) => {
    const { since = '', until = '', actor = '', article = '', member = '' } = query;
    const scope = ['audit', since, until, actor, article, member];
    const { items, next } = await readAudit(query, { limit, after: readCursor(cursor, scope, idPosition) }, now);
    const nextCursor = next === undefined ? null : writeCursor(next, scope);
    if (!accept.includes('application/x-ndjson')) return pageReply({ items, nextCursor });

    const headers = { 'content-type': 'application/x-ndjson; charset=utf-8' };
    const body = items.map((item) => `${item}\n`).join('');
    if (nextCursor === null) return { status: 200, headers, body };
    const following = new URLSearchParams({ ...withoutAbsent(query), limit: String(limit), cursor: nextCursor });
    return { status: 200, headers: { ...headers, link: `</v1/moderation/audit?${following}>; rel="next"` }, body };
  },
});

const withoutAbsent = (query: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined));
