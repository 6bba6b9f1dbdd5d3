import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../local/problem.ts';
import { parts } from '../parts.ts';
import { folder, type Measured } from '../report.ts';
import { growthPlot } from './growth-plot.ts';
import { measuredPage } from './page.ts';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));

/**
 * Writes `docs/measured.md` and `docs/growth.svg` from the figures that the parts have left; gives the paths.
 * @throws Problem when there are none
 */
export async function writePage(): Promise<string[]> {
  const there = await readdir(folder).catch((): string[] => []);
  const measured: Measured[] = [];
  for (const part of Object.keys(parts)) {
    if (there.includes(`${part}.json`)) measured.push(JSON.parse(await readFile(join(folder, `${part}.json`), 'utf8')));
  }
  if (measured.length === 0) throw new Problem(`Nothing is measured yet: ${folder} holds no figures`);
  const growth = measured.find(({ part }) => part === 'growth');
  const files = { 'measured.md': measuredPage(measured), ...(growth && { 'growth.svg': growthPlot(growth.figures) }) };
  const paths = Object.entries(files).map(([name, text]) => ({ path: join(docs, name), text }));
  for (const { path, text } of paths) await writeFile(path, text);
  return paths.map(({ path }) => path);
}
