import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { growthPlot } from '../../bench/page/growth-plot.ts';
import { plotOf } from '../../bench/page/plot.ts';

const flat = {
  name: 'page & post',
  points: [
    [100, 2],
    [10_000, 2],
    [1_000_000, 2],
  ] as const,
};

/** The circles of a plot, which mark the points of its first series. */
const circles = (svg: string) =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('a plot', () => {
  it('is well-formed XML, whatever its names hold', () => {
    const parser = new SaxesParser();
    let failure: Error | undefined;
    parser.on('error', (error) => {
      failure = error;
    });
    parser.write(plotOf('Growth & cost', [{ title: 'a < b', of: 'comments', series: [flat] }])).close();
    expect(failure).toBeUndefined();
  });

  it('draws what stays the same as a level line, and powers of ten equally far apart', () => {
    const [a, b, c] = circles(plotOf('Growth & cost', [{ title: 'Units', of: 'comments', series: [flat] }]));
    expect(b![1]).toBe(a![1]);
    expect(b![0] - a![0]).toBeCloseTo(c![0] - b![0], 0);
  });

  it('draws more higher, and nothing beyond its axes', () => {
    const marks = circles(
      plotOf('Growth & cost', [
        {
          title: 'Units',
          of: 'comments',
          series: [
            {
              name: 'growing',
              points: [
                [10, 1],
                [100, 900],
              ],
            },
          ],
        },
      ]),
    );
    expect(marks[1]![1]).toBeLessThan(marks[0]![1]);
    // The third is the mark beside the name.
    for (const [x, y] of marks.slice(0, 2)) {
      expect(x).toBeGreaterThanOrEqual(48);
      expect(x).toBeLessThanOrEqual(388);
      expect(y).toBeGreaterThanOrEqual(36);
      expect(y).toBeLessThanOrEqual(200);
    }
  });
});

it('the growth of an article is drawn from its figures, and lists of articles are left out', () => {
  const spread = { minimum: 1, maximum: 4 };
  const svg = growthPlot([
    { name: 'page of 20, with 100 comments of the article', unit: 'units', median: 2, ...spread },
    { name: 'page of 20, with 10000 comments of the article', unit: 'units', median: 2, ...spread },
    { name: 'page of 20, with 100 comments of the article', unit: 'ms', median: 3, ...spread, reference: { name: 'bare', median: 2 } },
    { name: 'page of 20, with 10000 comments of the article', unit: 'ms', median: 3, ...spread, reference: { name: 'bare', median: 2 } },
    { name: 'counts of 50, with 100 articles', unit: 'units', median: 25, ...spread },
  ]);
  expect(svg).toContain('page of 20');
  expect(svg).toContain('>10,000<');
  expect(svg).not.toContain('counts of 50');
  // Two points and the mark beside the name, in each of two panels.
  expect(circles(svg)).toHaveLength(6);
});
