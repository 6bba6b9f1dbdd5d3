import type { Caller } from '#http/caller.ts';
import type { PostingStanding } from '#members/rules/standing.ts';
import { listShardOf } from '#table/keys.ts';
import type { Comment, Repeated } from './comment.ts';
import { pathBelow } from './rules/path.ts';
import { firstStatus } from './rules/status.ts';
import { packView, unpackView } from './rules/view.ts';

/** What a comment is made of when it is posted. */
export interface NewComment {
  id: string;
  articleId: string;
  parent: Comment | undefined;
  author: Caller;
  text: { body: string; html: string };
  /** Whether the article shows comments before they are screened. */
  open: boolean;
  /** Over how many shards the article's lists are spread; 1 unless it says otherwise. */
  shards?: number | undefined;
  standing: PostingStanding;
  repeated: Repeated | undefined;
}

/** A comment as it is first written: unscreened, and not yet counted. */
export function newComment({ id, articleId, parent, author, text, open, shards = 1, standing, repeated }: NewComment): Comment {
  const shard = listShardOf(id, shards);
  return {
    order: id,
    articleId,
    authorId: author.id,
    ...(parent && { parentId: parent.order, path: pathBelow(parent) }),
    view: packView({
      parentId: parent?.order ?? null,
      depth: parent === undefined ? 0 : unpackView(parent.view).depth + 1,
      author: { id: author.id, name: author.name, picture: author.picture },
      ...text,
      editedAt: null,
      featured: false,
    }),
    status: firstStatus(open, standing),
    // Settling adds within these maps, so they have to be there.
    reactions: {},
    reports: {},
    revision: 1,
    version: 1,
    unsettled: true,
    unscreened: true,
    ...(repeated && { repeated }),
    ...(standing !== 'normal' && { standing }),
    ...(shard !== 0 && { shard }),
  };
}
