import { describe, expect, it } from 'vitest';
import type { Figure } from '../../bench/figure.ts';
import { measuredPage } from '../../bench/page/page.ts';
import type { Measured } from '../../bench/report.ts';

const spread = { minimum: 1, maximum: 2_000 };
const run = { at: '2026-11-25T02:03:04.000Z', node: 'v24.0.0', processor: 'Processor', processors: 2, load: 0.25, engine: 'dynoxide' };
const part = (name: string, ...figures: Figure[]): Measured => ({ part: name, ...run, figures });
const hotPage = (median: number): Figure => ({
  ...{ name: 'hot page of 18 comments, 11 KB', unit: 'per second', median, ...spread, atLeast: 200 },
  reference: { name: 'the bare server', median: 1_000 },
});
const rowOf = (page: string, what: string) => page.split('\n').find((line) => line.startsWith(`| ${what}`));

describe('the page of what was measured', () => {
  it('says of a budget that it is kept, with the figure that is nearest to it', () => {
    const page = measuredPage([part('throughput', hotPage(300))]);
    expect(rowOf(page, 'a hot page through')).toContain('| yes | hot page of 18 comments, 11 KB: 300 per second (≥ 200) |');
  });

  it('says of a budget that it is not kept, and why where that is known', () => {
    const slow: Figure = { name: 'post', unit: 'ms', median: 2, ...spread, budget: 1 };
    const fast: Figure = { name: 'page of 20', unit: 'ms', median: 0.5, ...spread, budget: 1 };
    const page = measuredPage([part('handlers', slow, fast), part('throughput', hotPage(150))]);
    expect(rowOf(page, 'a hot page through')).toContain('| **no** |');
    expect(rowOf(page, 'time of a handler')).toContain('| **1 of 2** | post: 2 ms (≤ 1). With a store that answers from memory');
    expect(rowOf(page, 'post |')).toContain('**2**');
  });

  it('says what was not measured', () => {
    expect(rowOf(measuredPage([part('throughput', hotPage(300))]), '`npm start` until')).toContain('| not measured |');
  });

  it('shows every figure beside what was measured in the same run, and on what', () => {
    const page = measuredPage([part('throughput', hotPage(300))]);
    expect(rowOf(page, 'hot page of 18')).toBe(
      '| hot page of 18 comments, 11 KB | 300 | 1 | 2000 | per second | ≥ 200 | the bare server 1000 (× 0.3) |',
    );
    expect(rowOf(page, '[throughput]')).toBe('| [throughput](#throughput) | 2026-11-25 02:03 | 2 × Processor | 0.3 | v24.0.0 | dynoxide |');
  });
});
