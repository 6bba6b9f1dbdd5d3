import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';

const folder = fileURLToPath(new URL('../build/bench', import.meta.url));

/** Writes the figures of a part as JSON, with what they were measured on; gives the path. */
export async function writeFigures(part: string, engine: string, figures: readonly Figure[]): Promise<string> {
  const path = join(folder, `${part}.json`);
  const measured = { part, at: new Date().toISOString(), node: process.version, processors: availableParallelism(), engine, figures };
  await mkdir(folder, { recursive: true });
  await writeFile(path, `${JSON.stringify(measured, null, 2)}\n`);
  return path;
}

const heading = ['', 'median', 'min', 'max', 'unit', 'budget', 'beside it, in the same run'];

/** The figures as a table for a terminal; what is over its budget is marked. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [heading, ...figures.map(rowOf)];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const alignLeft = (column: number) => column === 0 || column === 4 || column === 6;
  return rows
    .map((row) => row.map((cell, column) => cell[alignLeft(column) ? 'padEnd' : 'padStart'](widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function rowOf({ name, median, minimum, maximum, unit, budget, reference }: Figure): string[] {
  const beside = reference === undefined ? '' : `${reference.name} ${rounded(reference.median)} (× ${rounded(median / reference.median)})`;
  const over = budget !== undefined && median > budget ? '!' : '';
  return [name, `${over}${rounded(median)}`, rounded(minimum), rounded(maximum), unit, budget === undefined ? '' : rounded(budget), beside];
}

/** Three digits, which is more than these machines repeat. */
const rounded = (value: number) => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))));
