import { describe, expect, it } from 'vitest';
import { estimate, total } from '../../bin/cost/estimate.ts';
import measured from '../../bin/cost/measured.json' with { type: 'json' };
import prices from '../../bin/cost/prices.json' with { type: 'json' };

const nothing = { comments: 0, kept: 0, reads: 0 };
const costOf = (volumes: Parameters<typeof estimate>[0], service: string, what: string) =>
  estimate(volumes, measured, prices).find((line) => line.service === service && line.what === what)?.cost;

describe('the price of a month', () => {
  it('is that of the secrets where nobody comments and nobody reads', () => {
    expect(total(estimate(nothing, measured, prices))).toBeCloseTo(0.8);
  });

  it('takes the write units of a comment at the price of a write unit', () => {
    const figures = { ...measured, comment: { ...measured.comment, writeUnits: 12 } };
    const [writes] = estimate({ ...nothing, comments: 1_000_000 }, figures, prices);
    expect(writes).toMatchObject({ service: 'DynamoDB', what: 'million write units', quantity: 12, cost: 7.5 });
  });

  it('takes the time of a function by its memory', () => {
    const page = { memoryMb: 512, milliseconds: 20 };
    const figures = { ...measured, functions: { ...measured.functions, page } };
    const lines = estimate({ ...nothing, reads: 1_000_000 }, figures, prices);
    expect(lines).toContainEqual({ service: 'Lambda', what: 'GB-seconds', quantity: 10_000, cost: 10_000 * 0.0000133334 });
  });

  it('grows in proportion to what happens', () => {
    const month = { comments: 10_000, kept: 120_000, reads: 1_000_000 };
    const twice = { comments: 20_000, kept: 240_000, reads: 2_000_000 };
    expect(total(estimate(twice, measured, prices)) - 0.8).toBeCloseTo(2 * (total(estimate(month, measured, prices)) - 0.8));
  });

  it('has the edge take its share of the reads off everything behind it', () => {
    const reads = { ...nothing, reads: 10_000_000 };
    expect(costOf({ ...reads, edgeHits: 0.9 }, 'API Gateway', 'million requests')).toBeCloseTo(1);
    expect(costOf(reads, 'API Gateway', 'million requests')).toBeCloseTo(10);
    expect(costOf({ ...reads, edgeHits: 0.9 }, 'CloudFront', 'million requests')).toBeCloseTo(10);
    expect(costOf({ ...reads, edgeHits: 0.9 }, 'Transfer', 'GB to readers')).toBeUndefined();
  });
});
