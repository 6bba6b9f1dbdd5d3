import * as z from 'zod/mini';
import { publicEndpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { articleId, commentId } from '#http/scalars.ts';
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
    const ancestors = path.flatMap((id) => found.get(id) ?? []).map((ancestor) => printPublic(params.articleId, ancestor));
    const own = printPublic(params.articleId, comment).slice(0, -1);
    const omitted = unpackView(comment.view).depth - path.length;
    return ok(`${own},"ancestors":[${ancestors.join(',')}],"ancestorsOmitted":${omitted}}`, comment.revision);
  },
});
