import * as z from 'zod';
import type { TokenClaims } from '../../local/token.ts';
import type { Send } from './client.ts';
import { ImportFailure } from './failure.ts';
import { fingerprint, subjectOf } from './names.ts';
import type { Page, PageComment } from './page.ts';

const article = z.object({ commentCount: z.int() });
const comment = z.object({
  id: z.string(),
  parentId: z.string().nullish(),
  author: z.object({ id: z.string() }).nullish(),
  body: z.string().nullish(),
  status: z.string(),
});
const page = z.object({ items: z.array(comment), nextCursor: z.string().nullable() });
const mine = z.object({ comments: z.array(comment) });

export type Comment = z.infer<typeof comment>;

export type Api = ReturnType<typeof understory>;

/** The few operations of Understory's HTTP API that an import needs, for one article; `sign` makes a bearer token of claims. */
export function understory(send: Send, sign: (claims: TokenClaims) => Promise<string>, articleId: string) {
  const articlePath = `/v1/articles/${encodeURIComponent(articleId)}`;
  const as = (author: string) => sign({ sub: subjectOf(author), name: author });

  return {
    /** The article, or nothing if the server does not know it. */
    async article(): Promise<z.infer<typeof article> | undefined> {
      return read(article.optional(), await send({ method: 'GET', path: articlePath, maybeUnknown: true }));
    },

    /** Registers the article, or replaces what is registered. */
    async putArticle({ title, author, publishedOn, section, url, body }: Page['article'], today: string): Promise<void> {
      const token = await sign({ sub: 'understory-import', name: 'Import', roles: ['publisher'] });
      const publishedAt = `${publishedOn ?? today}T00:00:00.000Z`;
      await send({ method: 'PUT', path: articlePath, token, body: { title, author, section, url, publishedAt, body } });
    },

    /** Posts a comment as its author would. Done twice within a day, a server that honours `Idempotency-Key` keeps one comment. */
    async post({ author, body, position, hash }: PageComment, parentId: string | undefined): Promise<Comment> {
      const key = `import-${fingerprint(48, articleId, position, hash)}`;
      const request = { method: 'POST', path: `${articlePath}/comments`, headers: { 'idempotency-key': key } } as const;
      return read(comment, await send({ ...request, token: await as(author), body: { body, ...(parentId && { parentId }) } }));
    },

    /** A comment that the public may see, or nothing. */
    async comment(id: string): Promise<Comment | undefined> {
      const path = `${articlePath}/comments/${encodeURIComponent(id)}`;
      return read(comment.optional(), await send({ method: 'GET', path, maybeUnknown: true }));
    },

    /** The author's comments on the article that the public does not see. */
    async unapproved(author: string): Promise<Comment[]> {
      return read(mine, await send({ method: 'GET', path: `${articlePath}/me`, token: await as(author) })).comments;
    },

    /** All approved comments, oldest first. */
    approved: () => pages({ view: 'flat' }),

    /** The visible comments under a parent (or at the top), newest first. */
    newest: (parentId: string | undefined) => pages({ sort: 'newest', ...(parentId && { parent: parentId }) }),
  };

  async function* pages(query: Record<string, string>): AsyncGenerator<Comment> {
    let cursor: string | null = null;
    do {
      const search = new URLSearchParams({ ...query, limit: '100', ...(cursor !== null && { cursor }) });
      // A thread is unknown while its parent is: it has no visible comment.
      const answer = await send({ method: 'GET', path: `${articlePath}/comments?${search}`, maybeUnknown: true });
      const { items, nextCursor }: z.infer<typeof page> = read(page.default({ items: [], nextCursor: null }), answer);
      yield* items;
      cursor = nextCursor;
    } while (cursor !== null);
  }
}

function read<T extends z.ZodType>(schema: T, data: unknown): z.infer<T> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new ImportFailure(`The server's answer is not as its contract says: ${z.prettifyError(result.error)}`);
}
