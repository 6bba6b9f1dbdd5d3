import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, isMet } from './figure.ts';

/** Where the figures of all parts are kept. */
export const folder = fileURLToPath(new URL('../build/bench', import.meta.url));

/** What a part measured, and on what. */
export interface Measured {
  readonly part: string;
  readonly at: string;
  readonly node: string;
  readonly processor: string;
  readonly processors: number;
  /** Processes that wanted a processor, on average over the last five minutes: what else went on. */
  readonly load: number;
  readonly engine: string;
  /** How large it was: the variables of the environment that it goes by, as they were. */
  readonly sizes?: string;
  readonly figures: readonly Figure[];
}

/** Writes the figures of a part as JSON, with what they were measured on; gives the path. */
export async function writeFigures(
  part: string,
  { engine, sizes, figures }: Pick<Measured, 'engine' | 'sizes' | 'figures'>,
): Promise<string> {
  const path = join(folder, `${part}.json`);
  const machine = { processor: cpus()[0]?.model.trim() ?? 'unknown', processors: availableParallelism(), load: loadavg()[1] ?? 0 };
  const measured: Measured = {
    part,
    at: new Date().toISOString(),
    node: process.version,
    ...machine,
    engine,
    ...(sizes && { sizes }),
    figures,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path, `${JSON.stringify(measured, null, 2)}\n`);
  return path;
}

const heading = ['', 'median', 'min', 'max', 'unit', 'budget', 'beside it, in the same run'];

/** The figures as a table for a terminal; what breaks its budget is marked. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [heading, ...figures.map(rowOf)];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const alignLeft = (column: number) => column === 0 || column === 4 || column === 6;
  return rows
    .map((row) => row.map((cell, column) => cell[alignLeft(column) ? 'padEnd' : 'padStart'](widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function rowOf(figure: Figure): string[] {
  const { name, median, minimum, maximum, unit } = figure;
  return [
    name,
    `${isMet(figure) ? '' : '!'}${rounded(median)}`,
    rounded(minimum),
    rounded(maximum),
    unit,
    budgetOf(figure),
    besideOf(figure),
  ];
}

/** The budget in words. */
export const budgetOf = ({ budget, atLeast }: Figure): string =>
  budget !== undefined ? `≤ ${rounded(budget)}` : atLeast !== undefined ? `≥ ${rounded(atLeast)}` : '';

/** What a figure is measured against, and how many times that it is; or what else there is to say. */
export const besideOf = ({ median, reference, note = '' }: Figure): string =>
  reference === undefined ? note : `${reference.name} ${rounded(reference.median)} (× ${rounded(median / reference.median)})`;

/** Three digits, which is more than these machines repeat. */
export const rounded = (value: number) => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))));
