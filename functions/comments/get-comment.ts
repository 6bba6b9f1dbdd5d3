import * as z from 'zod/mini';
import { publicEndpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { rowsThatFit } from './comment-page.ts';
import { readComments } from './comment-storage.ts';
import { idsOfPath } from './rules/path.ts';
import { printPublic, unpackView } from './rules/view.ts';
import { readShown } from './shown-comment.ts';

export const getComment = publicEndpoint({
  params: z.object({ articleId, commentId }),
  handle: async ({ params }) => {
    const comment = await readShown(params.articleId, params.commentId);
    const path = idsOfPath(comment.path);
    const found = await readComments(path);
    const all = path.flatMap((id) => found.get(id) ?? []).map((ancestor) => printPublic(params.articleId, ancestor));
    const printed = printPublic(params.articleId, comment);
    // The nearest are kept; the permalink of the farthest of them goes on.
    const fits = rowsThatFit([printed, ...all.toReversed()]) - 1;
    const ancestors = all.slice(all.length - fits);
    const own = printed.slice(0, -1);
    const omitted = unpackView(comment.view).depth - path.length + all.length - fits;
    return ok(`${own},"ancestors":[${ancestors.join(',')}],"ancestorsOmitted":${omitted}}`, comment.revision);
  },
});
