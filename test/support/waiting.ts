import { newComment } from '#comments/new-comment.ts';
import type { Verdict } from '#comments/rules/verdict.ts';
import { commentKey, identityListing, queueShardOf, shardOf, visibleListing } from '#table/keys.ts';
import { writeItems } from './write-items.ts';

export interface Waiting {
  id: string;
  articleId: string;
  author: string;
  body: string;
  queue?: 'held' | 'reported';
  /** Where its row lies, if not where its id says. */
  shard?: number;
}

/** Writes comments as settling leaves those that wait, many at a time: through the API, thousands would take minutes. */
export const writeWaiting = (comments: readonly Waiting[]): Promise<void> => writeItems(comments.map(itemOf));

function itemOf({ id, articleId, author, body, queue = 'held', shard = shardOf(id) }: Waiting) {
  const text = { body, html: `<p>${body}</p>` };
  const { unsettled, unscreened, authorId, ...comment } = newComment({
    ...{ id, articleId, text, parent: undefined, open: false, standing: 'normal', repeated: undefined },
    author: { id: author, name: author, picture: null, roles: new Set<string>() },
  });
  const status = queue === 'held' ? 'held' : 'approved';
  const isShown = status === 'approved';
  return {
    ...commentKey(id),
    ...identityListing({ id, articleId, authorId }),
    ...visibleListing({
      ...{ articleId, parentId: null, shard: 0, shown: isShown, approved: isShown, score: null },
      queue: queueShardOf(queue, shard),
    }),
    ...comment,
    status,
    ...(isShown && { reports: { spam: 1 } }),
    counted: { status, shown: isShown, queue },
    verdict,
  };
}

const verdict: Verdict = {
  outcome: 'held',
  policyVersion: 1,
  at: '2026-11-23T09:30:00.412Z',
  rules: [{ rule: 'suspectPhrases', action: 'hold', evidence: '“fishy business” at character 10 matches “fishy business”' }],
};
