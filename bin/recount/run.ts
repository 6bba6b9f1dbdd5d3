import * as z from 'zod';
import type { Send } from '../import/client.ts';
import { ImportFailure, messageOf, Stopped } from '../import/failure.ts';

const recount = z.object({
  drift: z.number(),
  before: z.record(z.string(), z.number()),
  after: z.record(z.string(), z.number()),
  woken: z.number(),
});
const articles = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() });

export interface RecountReport {
  /** Articles recounted, and the drift of those that had any, by their id. */
  articles: number;
  drifted: Map<string, number>;
  /** Articles that could not be recounted. */
  failed: string[];
}

export interface RecountOptions {
  readonly send: Send;
  /** An admin's. */
  readonly token: string;
  readonly articleIds: AsyncIterable<string> | Iterable<string>;
  /** Gets a line for every article. */
  readonly say: (line: string) => void;
}

/** Recounts articles one after the other, each as the API does; one that cannot be recounted leaves the others to be. */
export async function runRecount({ send, token, articleIds, say }: RecountOptions): Promise<RecountReport> {
  const report: RecountReport = { articles: 0, drifted: new Map(), failed: [] };
  for await (const articleId of articleIds) {
    try {
      const path = `/v1/admin/articles/${encodeURIComponent(articleId)}/recount`;
      const { drift, before, after, woken } = recount.parse(await send({ method: 'POST', path, token }));
      report.articles += 1;
      if (drift > 0) report.drifted.set(articleId, drift);
      const mended = drift > 0 ? `, mended: ${countsOf(before)} was, ${countsOf(after)} is` : `: ${countsOf(after)}`;
      say(`${articleId}  drift ${drift}${mended}${woken > 0 ? `; ${woken} forgotten comments are counted now` : ''}`);
    } catch (thrown) {
      if (!(thrown instanceof ImportFailure) || thrown instanceof Stopped) throw thrown;
      report.failed.push(articleId);
      say(`${articleId}  not recounted: ${messageOf(thrown)}`);
    }
  }
  return report;
}

/** The ids of all public articles, newest first. */
export async function* publicArticles(send: Send): AsyncGenerator<string> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const search: string = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) }).toString();
    const { items, nextCursor }: z.output<typeof articles> = articles.parse(await send({ method: 'GET', path: `/v1/articles?${search}` }));
    yield* items.map(({ id }) => id);
    cursor = nextCursor;
  }
}

const countsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ') || 'no comments';
