import { constants } from 'node:os';
import { clearLine, cursorTo } from 'node:readline';
import { parseArgs } from 'node:util';
import { messageOf, Problem } from '../local/problem.ts';
import type { Figure } from './figure.ts';
import { type OpenTable, openTable } from './open-table.ts';
import { writePage } from './page/write-page.ts';
import { type Part, parts } from './parts.ts';
import { profiled } from './profile.ts';
import { folder, tableOf, writeFigures } from './report.ts';
import { undoAll } from './undo.ts';

const sizes = Object.entries(parts).flatMap(([name, { sizes }]) => (sizes === undefined ? [] : [`  ${name}: ${sizes}`]));

const usage = `Usage: npm run bench -- [PART ...] [--engine ENGINE] [--page] [--profile]

Measures price and speed, prints a table and writes build/bench/PART.json. ! marks what breaks its budget. When all parts
are measured, docs/measured.md and docs/growth.svg are written from their figures.

  PART      ${Object.keys(parts).join(', ')} (default: all)
  --engine  dynoxide (default), dynamodb-local (needs Java 17), or the URL of one that runs
  --page    write the page from the figures that are there; without PART nothing is measured
  --profile write where the benchmark's own process spent its time and its memory, as profiles that Chrome opens, instead of figures

How large a part is, is told by the environment:
${sizes.join('\n')}
`;

const print = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

let interrupted = false;
// 128 and the signal's number is what a shell says of whoever ends by it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // npm hands on what the whole group of processes was sent: it comes twice.
    if (interrupted) return;
    interrupted = true;
    void undoAll().finally(() => process.exit(128 + constants.signals[signal]));
  });
}

await main().catch((error: unknown) => {
  // What is measured fails when what it asks is ended.
  if (interrupted) return;
  complain(error instanceof Problem ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const given = readArguments();
  if (given === undefined) return;
  let table: OpenTable | undefined;
  try {
    for (const [name, part] of given.chosen) {
      if (part.onTable) table ??= await openTable(given.engine, complain);
      const setting = { engine: given.engine, streamArn: table?.streamArn ?? '' };
      const measure = async () => part.measure((doing) => showProgress(`${name}: ${doing}`), setting);
      print(await (given.profile ? profileOf(name, measure) : figuresOf(name, part, given.engine, measure)));
    }
  } finally {
    await table?.close();
  }
  if (given.page) print(`Written: ${(await writePage()).join(', ')}`);
}

/** Measures a part and keeps its figures; gives them as a table. */
async function figuresOf(name: string, { sizes = '' }: Part, engine: string, measure: () => Promise<readonly Figure[]>): Promise<string> {
  const figures = await measure();
  showProgress('');
  const path = await writeFigures(name, { engine, sizes: asSet(sizes), figures });
  return `${name}, also in ${path}\n${tableOf(figures)}\n`;
}

/** Measures a part under the profilers, which its figures would suffer from; gives where the profiles are. */
async function profileOf(name: string, measure: () => Promise<unknown>): Promise<string> {
  const [cpu, heap] = await profiled(folder, name, measure);
  showProgress('');
  return `${name}: time in ${cpu}, memory in ${heap}`;
}

interface Given {
  chosen: [string, Part][];
  engine: string;
  page: boolean;
  profile: boolean;
}

function readArguments(): Given | undefined {
  try {
    const options = {
      engine: { type: 'string', default: 'dynoxide' },
      page: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      process.stdout.write(usage);
      return undefined;
    }
    const all = positionals.length === 0 && !values.page;
    const names = all ? Object.keys(parts) : positionals;
    const { engine, profile } = values;
    return { chosen: names.map((name) => [name, partOf(name)]), engine, profile, page: !profile && (values.page || all) };
  } catch (error) {
    complain(`${messageOf(error)}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

/** Sizes as the environment sets them, where it does: `NAME=value NAME=value`. */
function asSet(defaults: string): string {
  return defaults.replace(/(\w+)=(\S+)/g, (_, name: string, value: string) => `${name}=${process.env[name] ?? value}`);
}

function partOf(name: string): Part {
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (part === undefined) throw new Problem(`There is no part ${name}: ${Object.keys(parts).join(', ')}`);
  return part;
}

/** One line that is written over on a terminal; elsewhere a line for each step. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) {
    clearLine(process.stderr, 0);
    cursorTo(process.stderr, 0);
    process.stderr.write(text);
  } else if (text !== '') complain(text);
}
