import * as z from 'zod/mini';
import { knownArticle } from '#articles/known-article.ts';
import { publicEndpoint } from '#http/endpoint.ts';
import { hashedUuid } from '#http/hashed-uuid.ts';
import { articleId } from '#http/scalars.ts';
import { tableName } from '#table/client.ts';
import { threadOf } from '#table/keys.ts';
import { sortedBy } from './comment-page.ts';
import { type AtomEntry, writeAtom } from './rules/atom-feed.ts';
import { isApproved } from './rules/status.ts';
import { createdAt, type PrintableComment, unpackView } from './rules/view.ts';
import { visibleText } from './rules/visible-text.ts';
import { readShownRows } from './shown-rows.ts';

/** Entries a feed has at most, and characters of a comment that make its title. */
const entriesTold = 50;
const titleLength = 80;

/** The newest approved comments of an article, replies included, for feed readers. */
export const getFeed = publicEndpoint({
  params: z.object({ articleId }),
  handle: async ({ params }) => {
    const [article, comments] = await Promise.all([knownArticle(params.articleId), readNewest(params.articleId)]);
    const entries = comments.map(entryOf);
    return {
      status: 200,
      headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
      body: writeAtom({
        id: hashedUuid(tableName, article.id),
        title: article.title,
        self: `/v1/articles/${article.id}/feed.xml`,
        page: article.url,
        updated: [article.publishedAt, ...entries.map(({ updated }) => updated)].toSorted().at(-1) ?? article.publishedAt,
        entries,
      }),
    };
  },
});

/** Like the flat view a merge of two partitions, from its other end; it is short where comments were taken down. */
async function readNewest(articleId: string): Promise<PrintableComment[]> {
  const read = { limit: entriesTold, ascending: false };
  const [top, replies] = await Promise.all([
    readShownRows<PrintableComment>({ ...read, index: 'thread', partition: threadOf(articleId, null) }),
    readShownRows<PrintableComment>({ ...read, index: 'flat', partition: articleId }),
  ]);
  return sortedBy('order', [...top.rows, ...replies.rows], false)
    .slice(0, entriesTold)
    .filter(({ status }) => isApproved(status));
}

function entryOf({ order: id, view }: PrintableComment): AtomEntry {
  const { parentId, author, html, editedAt } = unpackView(view);
  const published = createdAt(id);
  return {
    id,
    title: titleOf(visibleText(html ?? '')),
    author: author?.name ?? 'Anonymous',
    published,
    updated: editedAt ?? published,
    html: html ?? '',
    inReplyTo: parentId,
  };
}

/** A comment has no title of its own: its beginning, in whichever language it is, says what it is about. */
function titleOf(text: string): string {
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  return characters.length <= titleLength ? characters.join('') : `${characters.slice(0, titleLength - 1).join('')}…`;
}
