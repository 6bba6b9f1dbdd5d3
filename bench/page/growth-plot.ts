import type { Figure } from '../figure.ts';
import { type Grown, partsOf } from '../growth/name.ts';
import { type Panel, plotOf, type Series } from './plot.ts';

const grown: Grown = 'comments of the article';

/** Draws what the part `growth` measured in articles of growing size: request units, and milliseconds over those of the bare calls. */
export function growthPlot(figures: readonly Figure[]): string {
  const inArticle = figures.map((figure) => ({ ...figure, ...partsOf(figure.name) })).filter(({ of }) => of === grown);
  const series = (unit: Figure['unit'], value: (figure: Figure) => number): Series[] => {
    const byWork = Object.groupBy(
      inArticle.filter((figure) => figure.unit === unit),
      ({ work }) => work,
    );
    return Object.entries(byWork).map(([name, of = []]) => ({ name, points: of.map((figure) => [figure.size, value(figure)] as const) }));
  };
  const panels: Panel[] = [
    { title: 'Request units', of: grown, series: series('units', ({ median }) => median) },
    {
      title: 'Milliseconds, times those of the bare SDK',
      of: grown,
      series: series('ms', ({ median, reference }) => median / (reference?.median ?? Number.NaN)),
    },
  ];
  return plotOf('What a page, a post and its settling cost, by the number of comments of the article', panels);
}
