import type { Api } from './api.ts';
import type { Clock } from './clock.ts';
import type { LedgerEntry } from './ledger.ts';
import type { PageComment } from './page.ts';

const POLL_MS = 250;
const PATIENCE_MS = 30_000;

/** What became of the posted comments: how many have each status; `not shown` is what neither the public nor its author is shown any more. */
export interface Outcome {
  readonly statuses: ReadonlyMap<string, number>;
  readonly commentCount: number;
}

/**
 * Waits until none of the posted comments is pending and the article's count has caught up with them, at most 30 s.
 * It watches the count, and looks at the comments themselves only when that has reached their number or stands still.
 */
export async function awaitSettled(
  api: Api,
  comments: readonly PageComment[],
  entries: readonly LedgerEntry[],
  { now, sleep }: Clock,
  signal: AbortSignal,
): Promise<Outcome> {
  const end = now() + PATIENCE_MS;
  let previous = -1;
  for (let looks = 0; ; ) {
    const commentCount = (await api.article())?.commentCount ?? 0;
    const isLate = now() >= end;
    if (commentCount >= entries.length || commentCount === previous || isLate) {
      const statuses = await look(api, comments, entries);
      looks += 1;
      // An index may lag behind a post by some milliseconds: only what two looks miss is not shown.
      const isSettled =
        !statuses.has('pending') && (looks > 1 || !statuses.has('not shown')) && commentCount >= (statuses.get('approved') ?? 0);
      if (isSettled || isLate) return { statuses, commentCount };
    }
    previous = commentCount;
    await sleep(POLL_MS, signal);
  }
}

async function look(api: Api, comments: readonly PageComment[], entries: readonly LedgerEntry[]): Promise<Map<string, number>> {
  const missing = new Map(entries.map(({ id, position }) => [id, comments[position]?.author ?? '']));
  const statuses = new Map<string, number>();
  const count = (id: string, status: string) => {
    if (missing.delete(id)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  for await (const { id } of api.approved()) {
    count(id, 'approved');
    if (missing.size === 0) break;
  }
  for (const author of new Set(missing.values())) {
    for (const { id, status } of await api.unapproved(author)) count(id, status);
  }
  // What neither list shows has been approved between the two, or is a tombstone, or is not shown at all.
  for (const id of [...missing.keys()]) count(id, (await api.comment(id))?.status ?? 'not shown');
  return statuses;
}
