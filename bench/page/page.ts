import { type Figure, isMet } from '../figure.ts';
import { parts } from '../parts.ts';
import { besideOf, budgetOf, type Measured, rounded } from '../report.ts';
import { type Budget, budgets, judged, usedOf } from './budgets.ts';

/** The page of what was measured, as Markdown; pure. */
export const measuredPage = (measured: readonly Measured[]): string =>
  [heading, machineOf(measured), budgetsOf(measured), growth, ...measured.map(partOf)].join('\n\n').concat('\n');

const heading = `# Measured

This page is written by \`npm run bench -- --page\` from the figures that the parts of the benchmark left in \`build/bench/\`; \`npm run bench\`
measures all parts and writes it, \`npm run bench -- PART\` measures one. Each figure is a median, with the least and the most of its run,
and stands beside a reference that was measured in the same run in turn with it: the ratio of the two says more than either.`;

function machineOf(measured: readonly Measured[]): string {
  const rows = measured.map(({ part, at, processor, processors, load, node, engine }) => [
    `[${part}](#${part})`,
    at.slice(0, 16).replace('T', ' '),
    `${processors} × ${processor}`,
    load.toFixed(1),
    node,
    engine,
  ]);
  const names = ['part', 'measured at (UTC)', 'processors', 'load', 'Node.js', 'engine'];
  return `## On what
${tableOf(names, rows)}

*Load* is how many processes wanted a processor in the last five minutes. The generator of the load, the runtime and the engine work on
the same processors; beyond their number, figures say little, ratios still something.`;
}

function budgetsOf(measured: readonly Measured[]): string {
  const rows = budgets.map((budget) => {
    const figures = judged(budget, measured.find(({ part }) => part === budget.part)?.figures ?? []);
    return [budget.what, budget.allowed, ...verdictOf(budget, figures)];
  });
  return `## Budgets
${tableOf(['what', 'allowed', 'kept', 'the figure nearest to it, or farthest beyond', 'part'], rows)}`;
}

function verdictOf({ part, whyNot = '' }: Budget, figures: readonly Figure[]): string[] {
  const nearest = figures.toSorted((a, b) => usedOf(b) - usedOf(a))[0];
  if (nearest === undefined) return ['not measured', '', `[${part}](#${part})`];
  const broken = figures.filter((figure) => !isMet(figure)).length;
  const kept = broken === 0 ? 'yes' : broken === figures.length ? '**no**' : `**${figures.length - broken} of ${figures.length}**`;
  const told = `${nearest.name}: ${rounded(nearest.median)} ${nearest.unit} (${budgetOf(nearest)})`;
  return [kept, broken === 0 ? told : `${told}. ${whyNot}`.trim(), `[${part}](#${part})`];
}

const growth = `## The cost of growth
![Request units, and milliseconds over those of the bare SDK, by the number of comments of the article: level lines](growth.svg)

Level lines are what is wanted: what a page, a post and its settling cost may not depend on how many comments the article has. The units and
calls are held to it, see [growth](#growth).`;

const names = ['', 'median', 'least', 'most', 'unit', 'budget', 'beside it, in the same run'];

function partOf({ part, figures, sizes }: Measured): string {
  const { about = '', sizes: usual } = parts[part] ?? {};
  const rows = figures.map((figure) => [
    figure.name,
    isMet(figure) ? rounded(figure.median) : `**${rounded(figure.median)}**`,
    ...[rounded(figure.minimum), rounded(figure.maximum), figure.unit, budgetOf(figure), besideOf(figure)],
  ]);
  return `## ${part}
${about}

Again: \`${sizes === undefined || sizes === usual ? '' : `${sizes} `}npm run bench -- ${part}\`${usual === undefined ? '' : `; by itself it is \`${usual}\``}

${tableOf(names, rows)}`;
}

const tableOf = (names: readonly string[], rows: readonly (readonly string[])[]): string =>
  [names, names.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
