import type { TokenClaims } from '../../local/token.ts';
import { adopter } from './adopt.ts';
import { agree } from './agree.ts';
import { understory } from './api.ts';
import { connect } from './client.ts';
import type { Clock } from './clock.ts';
import { Stopped } from './failure.ts';
import { openLedger } from './ledger.ts';
import type { Page } from './page.ts';
import { type PostingCounts, postRest } from './post.ts';
import type { Progress } from './progress.ts';
import { awaitSettled, type Outcome } from './settled.ts';

export interface ImportOptions {
  readonly page: Page;
  readonly articleId: string;
  /** Where Understory answers, without `/v1` and without a slash at its end. */
  readonly url: string;
  readonly ledgerFile: string;
  /** Makes a bearer token, as the site's sign-on would. */
  readonly sign: (claims: TokenClaims) => Promise<string>;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Aborted to stop after the comment in flight. */
  readonly signal: AbortSignal;
}

export interface ImportReport extends Outcome, PostingCounts {
  /** In the ledger before this run. */
  readonly already: number;
  readonly milliseconds: number;
}

/**
 * Posts what the server does not have of a page yet and waits until all of it is screened. Throws an `ImportFailure` where
 * it cannot go on, and {@link Stopped} when it was asked to stop; run again, it continues after the last comment posted.
 */
export async function runImport({ page, articleId, url, ledgerFile, sign, progress, clock, signal }: ImportOptions): Promise<ImportReport> {
  const { comments } = page;
  const { say } = progress;
  const begun = clock.now();
  const onWait = (milliseconds: number) => say(`The server asks to wait ${Math.ceil(milliseconds / 1000)} s.`);
  const api = understory(connect({ url, signal, sleep: clock.sleep, onWait }), sign, articleId);
  const ledger = await openLedger(ledgerFile, { articleId, url, comments });
  try {
    const isKnown = await agree({ api, ledger, comments, url, articleId, say });
    await ledger.begin();
    if (ledger.entries.length === 0) {
      await api.putArticle(page.article, new Date(begun).toISOString().slice(0, 10));
      say(`Article ${articleId} ${isKnown ? 'replaced' : 'created'}.`);
    }
    const already = ledger.entries.length;
    const rest = comments.length - already;
    say(rest === 0 ? 'Nothing to post: the server has all comments of the page.' : `Posting ${rest} of ${comments.length} comments.`);
    const adopt = isKnown ? adopter(api, ledger.entries) : undefined;
    progress.start(comments.length, already);
    const onPosted = () => progress.advance(ledger.entries.length);
    const counts = await postRest({ api, ledger, comments, adopt, clock, signal, onPosted });
    progress.stop();
    const outcome = await awaitSettled(api, comments, ledger.entries, clock, signal);
    return { ...outcome, ...counts, already, milliseconds: clock.now() - begun };
  } catch (thrown) {
    if (!(thrown instanceof Stopped)) throw thrown;
    const { length } = ledger.entries;
    const rest =
      length === comments.length ? 'All are posted; only their screening was not waited for.' : 'The same command goes on from there.';
    throw new Stopped(`Stopped after comment ${length} of ${comments.length}. ${rest}`, { cause: thrown });
  } finally {
    progress.stop();
    await ledger.close();
  }
}
