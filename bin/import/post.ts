import type { Adopt } from './adopt.ts';
import type { Api } from './api.ts';
import type { Clock } from './clock.ts';
import { ImportFailure, Stopped } from './failure.ts';
import type { Ledger } from './ledger.ts';
import type { PageComment } from './page.ts';

const POLL_MS = 50;
const PARENT_PATIENCE_MS = 3_000;

export interface Posting {
  readonly api: Api;
  readonly ledger: Ledger;
  readonly comments: readonly PageComment[];
  /** Finds comments that the server has and the ledger does not; left out where the server can have none. */
  readonly adopt: Adopt | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of every comment that is in the ledger from now on. */
  readonly onPosted: (comment: PageComment) => void;
}

export interface PostingCounts {
  readonly posted: number;
  /** Found on the server although the ledger did not know them. */
  readonly adopted: number;
}

/** Posts the comments that the ledger does not have, one after the other: the order of ids is the order of the page. */
export async function postRest({ api, ledger, comments, adopt, clock, signal, onPosted }: Posting): Promise<PostingCounts> {
  const counts = { posted: 0, adopted: 0 };
  const isVisible = parentWatch(api, clock, signal);
  let lookFor = adopt;
  for (const comment of comments.slice(ledger.entries.length)) {
    if (signal.aborted) throw new Stopped('stopped');
    const parentId = comment.parent === undefined ? undefined : ledger.entries[comment.parent]?.id;
    try {
      const found = await lookFor?.(comment, parentId);
      // What a crash hid from the ledger comes before everything that was never posted: after the first miss there is nothing to find.
      if (!found) lookFor = undefined;
      if (!found && parentId) await isVisible(parentId);
      const { id } = found ?? (await api.post(comment, parentId));
      await ledger.append({ position: comment.position, hash: comment.hash, id });
      counts[found ? 'adopted' : 'posted'] += 1;
    } catch (thrown) {
      if (thrown instanceof Stopped || !(thrown instanceof ImportFailure)) throw thrown;
      const place = `Comment ${comment.position + 1} of ${comments.length} (${comment.pointer}, by ${comment.author})`;
      throw new ImportFailure(`${place} is not posted.\n${thrown.message}\nThe same command goes on from there.`, { cause: thrown });
    }
    onPosted(comment);
  }
  return counts;
}

/** Waits until a comment is screened, so that a reply to it is not refused; a held one is not waited for longer than 3 s. */
function parentWatch(api: Api, { now, sleep }: Clock, signal: AbortSignal): (id: string) => Promise<void> {
  const watched = new Set<string>();
  return async (id) => {
    if (watched.has(id)) return;
    watched.add(id);
    const end = now() + PARENT_PATIENCE_MS;
    while (!(await api.comment(id)) && now() < end) await sleep(POLL_MS, signal);
  };
}
