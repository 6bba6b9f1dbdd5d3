import pLimit from 'p-limit';
import * as z from 'zod/mini';
import { endpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { numberUpTo } from '#http/scalars.ts';
import { readDay } from './day-stats.ts';

const dayLength = 24 * 60 * 60 * 1_000;
/** Days that are read side by side. */
const atOnce = 10;

/** What was posted and decided in the last days, today first; days on which nothing happened too. */
export const getStats = endpoint({
  query: z.object({ days: z._default(numberUpTo(90), 7) }),
  handle: async ({ query, now }) => {
    const days = Array.from({ length: query.days }, (_, n) => new Date(now.getTime() - n * dayLength).toISOString().slice(0, 10));
    return ok({ days: await pLimit(atOnce).map(days, readDay) });
  },
});
