import { setTimeout } from 'node:timers/promises';
import type { Comment } from '#comments/comment.ts';
import { readComments } from '#comments/comment-storage.ts';
import { commentStatuses } from '#comments/rules/status.ts';
import { createdAt } from '#comments/rules/view.ts';
import { tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { articleTallyKey, commentKey } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';
import { transactionSize, writeTransaction } from '#table/transaction.ts';
import { buildUpdate, type Change } from '#table/update.ts';
import { type Drifted, driftBetween, driftedComments, sumsOf } from './rules/recount.ts';
import type { Tally, TallyItem } from './tally.ts';

/** What a recount found and mended. */
export interface Recount {
  /** Sum of absolute differences over the tally and the replies of every comment: 0 is what it should be. */
  drift: number;
  before: Counts;
  after: Counts;
  /** Comments that were waiting to be counted for over a minute, as if their stream record were lost, and were woken. */
  woken: number;
}

type Counts = Record<string, number>;

/** Comments one recount reads at most; beyond that the time of one request is too short. */
export const recountLimit = 20_000;

/** An article changes so fast, or is so large, that one request cannot recount it. */
export class NotRecountable extends Error {
  override readonly name = 'NotRecountable';
}

const tries = 4;
/** Milliseconds between seeing a drift and believing it: an index may lag behind the table by a moment. */
const secondLook = 1_000;
/** Milliseconds after which an uncounted comment is taken for forgotten. */
const forgottenAfter = 60_000;

/**
 * Recounts an article from its comments and mends what has drifted: its tally, and what hangs below each comment. The sizes of
 * queues, the records of authors and the days' statistics are sums over many articles, which no recount of one could mend.
 *
 * The tally's own version is the fence: every settling in the article moves it, so a reading counts only if the version
 * stood still meanwhile, and each repair is conditional on it.
 *
 * @throws NotRecountable beyond {@link recountLimit} comments, or when the article never stands still
 */
export async function recount(articleId: string, now: Date): Promise<Recount> {
  let seen: number | undefined;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const reading = await readStill(articleId);
    if (reading === undefined) continue;
    const { tally, comments } = reading;
    const before = countsOf(tally);
    const sums = sumsOf(comments);
    const drifted = driftedComments(comments, sums);
    const drift = driftBetween(before, sums.tally) + drifted.reduce((sum, each) => sum + each.drift, 0);
    if (drift > 0 && drift !== seen) {
      seen = drift;
      await setTimeout(secondLook);
      continue;
    }
    if (drift > 0 && !(await repair(articleId, tally, sums.tally, drifted))) continue;
    const woken = await wakeForgotten(comments, now);
    return { drift, before, after: drift === 0 ? before : sums.tally, woken };
  }
  throw new NotRecountable('the article is changing too fast');
}

/** Reads the tally and all comments; nothing when something was settled in between. */
async function readStill(articleId: string): Promise<{ tally: TallyItem | undefined; comments: Comment[] } | undefined> {
  const tally = await getItem<TallyItem>(articleTallyKey(articleId), { consistent: true });
  const comments = await readAllComments(articleId);
  const after = await getItem<TallyItem>(articleTallyKey(articleId), { consistent: true });
  return tally?.version === after?.version ? { tally, comments } : undefined;
}

async function readAllComments(articleId: string): Promise<Comment[]> {
  const comments: Comment[] = [];
  const limit = 1_000;
  for (let after: string | undefined; ; ) {
    const rows = await queryIndex<{ order: string }>({ index: 'article', partition: articleId, limit, ascending: true, after });
    const ids = rows.map((row) => row.order);
    comments.push(...(await readComments(ids, { consistent: true })).values());
    if (rows.length < limit) return comments;
    if (comments.length > recountLimit) throw new NotRecountable(`the article has more than ${recountLimit} comments`);
    after = ids.at(-1);
  }
}

const countsOf = (tally: Tally | undefined): Counts =>
  Object.fromEntries(commentStatuses.flatMap((status) => (tally?.[status] ? [[status, tally[status]]] : [])));

/** Writes what the counts should be, tally first; each transaction moves the fence on, so that nothing slips between. */
async function repair(articleId: string, tally: Tally | undefined, should: Counts, drifted: Drifted[]): Promise<boolean> {
  const size = transactionSize - 1;
  for (let n = 0, version = tally?.version; n === 0 || n < drifted.length; n += size) {
    const next = (version ?? 0) + 1;
    const counts = Object.fromEntries(commentStatuses.map((status) => [status, should[status]]));
    const changes: Change[] = [
      { key: articleTallyKey(articleId), set: { ...counts, version: next }, expect: { version } },
      ...drifted.slice(n, n + size).map(repairOf),
    ];
    const outcome = await writeTransaction(changes.map((change) => ({ Update: { TableName: tableName, ...buildUpdate(change) } })));
    if (outcome.kind !== 'committed') return false;
    version = next;
  }
  return true;
}

/** The comment's own sums put right; it is settled once more, because what is shown below it may have changed. */
const repairOf = ({ comment, should }: Drifted): Change => ({
  key: commentKey(comment.order),
  set: { ...should, version: comment.version + 1, unsettled: true },
  expect: { version: comment.version, replyCount: comment.replyCount, shownChildren: comment.shownChildren },
});

async function wakeForgotten(comments: readonly Comment[], now: Date): Promise<number> {
  const forgotten = comments.filter(
    ({ unsettled, order }) => unsettled === true && now.getTime() - Date.parse(createdAt(order)) > forgottenAfter,
  );
  let woken = 0;
  for (const { order, version } of forgotten.slice(0, transactionSize)) {
    const change = { key: commentKey(order), set: { version: version + 1 }, expect: { version, unsettled: true } };
    const outcome = await writeTransaction([{ Update: { TableName: tableName, ...buildUpdate(change) } }]);
    if (outcome.kind === 'committed') woken += 1;
  }
  return woken;
}
