import * as z from 'zod/mini';
import { publicEndpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { commentCounts } from './tally.ts';

/** Articles one call may ask for: as many as one `BatchGetItem` reads. */
const most = 100;

const articleIds = z.pipe(
  z.string(),
  z.pipe(
    z.transform((text: string) => [...new Set(text.split(',').filter((id) => id !== ''))]),
    z.array(z.string()).check(z.maxLength(most, `may name ${most} articles at most`)),
  ),
);

export const getCounts = publicEndpoint({
  query: z.object({ articles: articleIds }),
  handle: async ({ query }) => {
    const known = query.articles.filter((id) => articleId.safeParse(id).success);
    const counts = await commentCounts(known);
    return ok({ counts: Object.fromEntries(query.articles.map((id) => [id, counts.get(id) ?? 0])) });
  },
});
