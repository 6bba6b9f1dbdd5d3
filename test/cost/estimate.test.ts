import { describe, expect, it } from 'vitest';
import { estimate, total } from '../../bin/cost/estimate.ts';
import measured from '../../bin/cost/measured.json' with { type: 'json' };
import prices from '../../bin/cost/prices.json' with { type: 'json' };

const nothing = { comments: 0, kept: 0, reads: 0 };
const costOf = (volumes: Parameters<typeof estimate>[0], service: string, what: string) =>
  estimate(volumes, measured, prices).find((line) => line.service === service && line.what === what)?.cost;

describe('the price of a month', () => {
  it('is that of what stands there where nobody comments and nobody reads', () => {
    const { monitoring, recounts, functions, secrets } = measured;
    const hours = recounts.rounds * functions.housekeeping.milliseconds * (functions.housekeeping.memoryMb / 1024);
    const lines = [
      ...[secrets * 0.4, monitoring.keys, monitoring.dashboards * 3, monitoring.alarmMetrics * 0.1, monitoring.metrics.always * 0.3],
      ...[(hours / 1000) * 0.0000133334, recounts.rounds * 0.0000002, recounts.rounds * 1500 * 0.5e-9],
    ];
    expect(total(estimate(nothing, measured, prices))).toBeCloseTo(lines.reduce((sum, line) => sum + line));
  });

  it('takes the write units of a comment at the price of a write unit', () => {
    const figures = { ...measured, comment: { ...measured.comment, writeUnits: 12 } };
    const [writes] = estimate({ ...nothing, comments: 1_000_000 }, figures, prices);
    expect(writes).toMatchObject({ service: 'DynamoDB', what: 'million write units', quantity: 12, cost: 7.5 });
  });

  it('takes the time of a function by its memory', () => {
    const page = { memoryMb: 512, milliseconds: 20 };
    const figures = { ...measured, functions: { ...measured.functions, page } };
    const secondsOf = (volumes: typeof nothing) =>
      estimate(volumes, figures, prices).find(({ what }) => what === 'GB-seconds') ?? { quantity: 0, cost: 0 };
    const [idle, busy] = [secondsOf(nothing), secondsOf({ ...nothing, reads: 1_000_000 })];
    expect(busy.quantity - idle.quantity).toBeCloseTo(10_000);
    expect(busy.cost - idle.cost).toBeCloseTo(10_000 * 0.0000133334);
  });

  it('grows in proportion to what happens', () => {
    const months = [1, 2, 3].map((times) => ({ comments: times * 10_000, kept: times * 120_000, reads: times * 1_000_000 }));
    const [one = 0, two = 0, three = 0] = months.map((month) => total(estimate(month, measured, prices)));
    expect(three - two).toBeCloseTo(two - one);
  });

  it('recounts what is kept again and again, within the units that a round has', () => {
    const unitsOf = (kept: number) =>
      estimate({ ...nothing, kept }, measured, prices).find(({ what }) => what === 'million read units')?.quantity ?? 0;
    expect(unitsOf(100)).toBeCloseTo((2976 * 150) / 1_000_000);
    expect(unitsOf(1_000_000)).toBeCloseTo((2976 * 2_000) / 1_000_000);
  });

  it('has the edge take its share of the reads off everything behind it', () => {
    const reads = { ...nothing, reads: 10_000_000 };
    expect(costOf({ ...reads, edgeHits: 0.9 }, 'API Gateway', 'million requests')).toBeCloseTo(1);
    expect(costOf(reads, 'API Gateway', 'million requests')).toBeCloseTo(10);
    expect(costOf({ ...reads, edgeHits: 0.9 }, 'CloudFront', 'million requests')).toBeCloseTo(10);
    expect(costOf({ ...reads, edgeHits: 0.9 }, 'Transfer', 'GB to readers')).toBeUndefined();
  });
});
