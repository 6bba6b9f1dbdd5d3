import * as z from 'zod/mini';
import { knownArticle } from '#articles/known-article.ts';
import { publicEndpoint } from '#http/endpoint.ts';
import { articleId, commentId, page } from '#http/scalars.ts';
import { pageReply } from './comment-page.ts';
import { readFlat } from './flat-view.ts';
import { readShown } from './shown-comment.ts';
import { readThread } from './thread-view.ts';
import { readTop } from './top-view.ts';

const query = z
  .object({
    ...page,
    sort: z._default(z.enum(['newest', 'oldest', 'top']), 'newest'),
    parent: z.optional(commentId),
    replies: z._default(
      z.pipe(z.string().check(z.regex(/^[0-5]$/, 'must be 0–5')), z.pipe(z.transform(Number), z.int().check(z.minimum(0), z.maximum(5)))),
      0,
    ),
    view: z.optional(z.enum(['flat'])),
  })
  .check(z.refine(({ view, parent }) => view === undefined || parent === undefined, 'view=flat has no parent'));

export const listComments = publicEndpoint({
  params: z.object({ articleId }),
  query,
  handle: async ({ params, query: { limit, cursor, sort, parent, replies, view } }) => {
    // The first page meets what marks an article by itself: as a rule it costs one query and nothing besides.
    const isFirst = cursor === undefined && parent === undefined;
    const article = isFirst ? undefined : knownArticle(params.articleId);
    const shards = article?.then(({ commenting }) => commenting.shards ?? 1);
    const thread = { limit, cursor, parentId: parent ?? null, replies, shards };
    const reading =
      view === 'flat'
        ? readFlat(params.articleId, thread)
        : sort === 'top'
          ? readTop(params.articleId, thread)
          : readThread(params.articleId, { ...thread, sort });
    const [page] = await Promise.all([reading, shards]);
    // Whatever is on a page shows that there is something to list below; only an empty one has to ask.
    if (page.items.length === 0) await (parent === undefined ? knownArticle(params.articleId) : readShown(params.articleId, parent));
    return pageReply(page);
  },
});
