import * as z from 'zod/mini';
import { readComments } from '#comments/comment-storage.ts';
import { printOwn } from '#comments/rules/own-view.ts';
import { isApproved } from '#comments/rules/status.ts';
import { endpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { articleId } from '#http/scalars.ts';
import { reactionsOn } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';

/** How far back a member's comments and reactions are looked through, and how many comments are answered at most. */
const lookedThrough = 500;
const answered = 100;

/**
 * What the public list cannot show a member: their own comments here that are not approved, newest first, and their own
 * reactions here, as kind by comment id.
 */
export const getMyArticle = endpoint({
  params: z.object({ articleId }),
  handle: async ({ params, caller }) => {
    const [rows, marks] = await Promise.all([
      queryIndex<{ order: string; article: string }>({ index: 'author', partition: caller.id, limit: lookedThrough, ascending: false }),
      queryIndex<{ order: string; view: string }>({
        index: 'flat',
        partition: reactionsOn(params.articleId, caller.id),
        limit: lookedThrough,
        ascending: false,
      }),
    ]);
    const ids = rows.filter((row) => row.article === params.articleId).map((row) => row.order);
    const comments = await readComments(ids.slice(0, answered));
    const items = ids.flatMap((id) => comments.get(id) ?? []).filter(({ status }) => !isApproved(status) && status !== 'deleted');
    const reactions = Object.fromEntries(marks.map(({ order, view }) => [order, view]));
    const printed = items.map((comment) => printOwn(caller.id, comment));
    return ok(`{"comments":[${printed.join(',')}],"reactions":${JSON.stringify(reactions)}}`);
  },
});
