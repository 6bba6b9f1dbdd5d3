import { backoff } from '#table/backoff.ts';
import { writeTransaction } from '#table/transaction.ts';
import { transactionOf } from './group.ts';
import type { Plan } from './plan.ts';

/** Times a group is tried while other transactions or throttles are in its way. */
const tries = 6;

export interface Committed<T> {
  /** What was settled by this group. */
  settled: T[];
  /** What a newer image, or an earlier delivery, has taken care of. */
  superseded: T[];
  transactions: number;
  /** Of these, how many were hindered by others and tried again. */
  conflicts: number;
}

/**
 * Settles a group in one transaction: every source with its condition, every sum with what the group adds to it. Plans
 * whose condition fails are dropped, and the rest is tried again without them.
 *
 * @throws Error when the group is still hindered after {@link tries} tries, or the store fails: the records come again
 */
export async function commitGroup<T extends { plan: Plan }>(group: readonly T[]): Promise<Committed<T>> {
  let remaining = [...group];
  const superseded: T[] = [];
  let transactions = 0;
  let hindered = 0;
  while (remaining.length > 0) {
    transactions += 1;
    const outcome = await writeTransaction(transactionOf(remaining.map(({ plan }) => plan)));
    if (outcome.kind === 'committed') return { settled: remaining, superseded, transactions, conflicts: hindered };
    if (outcome.kind === 'refused') {
      const refused = new Set(outcome.items);
      superseded.push(...remaining.filter((_, position) => refused.has(position)));
      remaining = remaining.filter((_, position) => !refused.has(position));
    } else {
      hindered += 1;
      if (hindered === tries) throw new Error(`a group of ${remaining.length} was hindered ${tries} times`);
      await backoff(hindered);
    }
  }
  return { settled: [], superseded, transactions, conflicts: hindered };
}
