import type { Api } from './api.ts';
import { ImportFailure } from './failure.ts';
import type { Ledger } from './ledger.ts';
import type { PageComment } from './page.ts';

export interface Parties {
  readonly api: Api;
  readonly ledger: Ledger;
  readonly comments: readonly PageComment[];
  readonly url: string;
  readonly articleId: string;
  readonly say: (line: string) => void;
}

/**
 * Makes sure that server and ledger speak of the same store; resolves to whether the server knows the article. A server that lost
 * the article gets a new ledger; any other doubt is an {@link ImportFailure}, because posting on would double or mix comments.
 */
export async function agree({ api, ledger, comments, url, articleId, say }: Parties): Promise<boolean> {
  const { entries, file } = ledger;
  const isKnown = (await api.article()) !== undefined;
  if (entries.length === 0) return isKnown;
  if (!isKnown && ledger.url !== url) {
    throw new ImportFailure(
      `${url} has no article ${articleId}, and ${file} is of ${ledger.url}. For a second server name a second ledger with --state.`,
    );
  }
  if (!isKnown) {
    const aside = await ledger.setAside();
    say(`The server does not know the article ${articleId} any more (a fresh store?): beginning anew. The old ledger is kept as ${aside}`);
    return false;
  }
  // One comment may be gone because its author deleted it. A store without the first ones and without the last is another store.
  for (const { id, position } of new Set([...entries.slice(0, 4), ...entries.slice(-1)])) {
    if (await api.comment(id)) return true;
    const unapproved = await api.unapproved(comments[position]?.author ?? '');
    if (unapproved.some((comment) => comment.id === id)) return true;
  }
  throw new ImportFailure(
    `${url} has the article ${articleId}, but not the comments that ${file} tells of. If its store is a new one, ` +
      'delete that file and run again: comments that are there already are not posted twice.',
  );
}
