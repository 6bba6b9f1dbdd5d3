import { parseArgs } from 'node:util';
import { messageOf } from '../local/problem.ts';
import { estimate, total, type Volumes } from './cost/estimate.ts';
import measured from './cost/measured.json' with { type: 'json' };
import prices from './cost/prices.json' with { type: 'json' };

const usage = `Usage: npm run cost -- --comments N --reads N [--kept N] [--edge-hits SHARE]

Prices a month, from what the tests measure and from the list prices of AWS.

  --comments N       comments that are posted in the month
  --reads N          pages of comments that readers ask for in the month
  --kept N           comments that are kept, this month's included (default: twelve such months)
  --edge-hits SHARE  there is an edge, and it answers this share of the reads (0 to 1)
  --help

Not in it: the site's own checks, moderators' reading, reactions and reports, a key of your own, a domain.
`;

try {
  const { values } = parseArgs({
    options: {
      comments: { type: 'string' },
      reads: { type: 'string' },
      kept: { type: 'string' },
      'edge-hits': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  process.stdout.write(values.help === true ? usage : report(volumesOf(values)));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n\n${usage}`);
  process.exitCode = 2;
}

function volumesOf(values: { comments?: string; reads?: string; kept?: string; 'edge-hits'?: string }): Volumes {
  const comments = numberOf('--comments', values.comments);
  const kept = values.kept === undefined ? comments * 12 : numberOf('--kept', values.kept);
  const edge = values['edge-hits'] === undefined ? {} : { edgeHits: numberOf('--edge-hits', values['edge-hits'], 1) };
  return { comments, kept, reads: numberOf('--reads', values.reads), ...edge };
}

function numberOf(name: string, value: string | undefined, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value);
  if (!value?.trim() || !(number >= 0 && number <= most)) throw new Error(`${name} takes a number from 0 to ${most}`);
  return number;
}

function report(volumes: Volumes): string {
  const lines = estimate(volumes, measured, prices);
  const row = (service: string, what: string, quantity: string, cost: number) =>
    `${service.padEnd(16)}${quantity.padStart(14)}  ${what.padEnd(24)}${cost.toFixed(2).padStart(12)}\n`;
  const rounded = (quantity: number) => quantity.toLocaleString('en', { maximumFractionDigits: 2 });
  return [
    ...lines.map(({ service, what, quantity, cost }) => row(service, what, rounded(quantity), cost)),
    row('A month', `${prices.currency}, ${prices.region}, ${prices.asOf}`, '', total(lines)),
  ].join('');
}
