import { call } from './call.ts';

/**
 * Walks a list to its end, in the pages that `query` asks for; gives the query of the deepest page that has another below
 * it, so that it reads as many rows as any: the first page, where there are no more than two.
 */
export async function deepPageOf(path: `/${string}`, query: Record<string, string>): Promise<Record<string, string>> {
  for (let before = query, page = query; ; ) {
    const { status, json } = await call(`GET ${path}`, { query: page });
    if (status !== 200) throw new Error(`the page was refused: ${JSON.stringify(json)}`);
    if (json.nextCursor === null) return before;
    before = page;
    page = { ...query, cursor: json.nextCursor };
  }
}
