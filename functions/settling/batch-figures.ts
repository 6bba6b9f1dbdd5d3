import { capitalised, type Measured } from '#http/metrics.ts';
import type { Committed } from './commit.ts';
import type { Planned } from './plan-batch.ts';

/** What a batch came to, as metrics name it: counts, and the lag of every comment in milliseconds. */
export interface BatchFigures {
  counts: Record<'Records' | 'Settled' | 'Superseded' | 'Failed' | 'Transactions' | 'Conflicts', number>;
  /** Verdicts by their outcome. */
  verdicts: Record<string, number>;
  /** From a comment's post until it was counted for the first time. */
  lags: number[];
}

export const noFigures = (records: number): BatchFigures => ({
  counts: { Records: records, Settled: 0, Superseded: 0, Failed: 0, Transactions: 0, Conflicts: 0 },
  verdicts: {},
  lags: [],
});

/** Adds what a group came to, at the moment `at` when it was counted (milliseconds since 1970). */
export function addGroup(
  { counts, verdicts, lags }: BatchFigures,
  { settled, superseded, transactions, conflicts }: Committed<Planned>,
  at: number,
): void {
  counts.Settled += settled.length;
  counts.Superseded += superseded.length;
  counts.Transactions += transactions;
  counts.Conflicts += conflicts;
  for (const { outcome, postedAt } of settled) {
    if (outcome !== undefined) verdicts[capitalised(outcome)] = (verdicts[capitalised(outcome)] ?? 0) + 1;
    // The clocks of two machines may differ by more than it took.
    if (postedAt !== undefined) lags.push(Math.max(0, at - postedAt));
  }
}

export const measuredOf = ({ counts, verdicts, lags }: BatchFigures, more: { Latency: number; Units: number }): Measured => ({
  by: { Work: 'settling' },
  values: { ...counts, ...verdicts, SettleLag: lags, ...more },
});
