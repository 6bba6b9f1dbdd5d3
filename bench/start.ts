import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure, Progress } from './figure.ts';
import { startServer } from './load/child.ts';
import { startProcess } from './load/runtime-process.ts';
import { spreadOf } from './statistics.ts';
import { temporaryDirectory } from './undo.ts';

const rounds = Number(process.env.START_ROUNDS ?? 5);
const budgets = { first: 10_000, again: 4_000 };

/** How long `npm start` takes until it can answer: with everything to be synthesised, and afterwards. */
export async function measureStart(progress: Progress, engine: string): Promise<Figure[]> {
  const directory = temporaryDirectory('start');
  const configuration = join(directory.path, 'configuration.json');
  const answers = join(directory.path, 'answers.json');
  writeFileSync(answers, '{}');
  const samples: Record<'first' | 'again' | 'bare', number[]> = { first: [], again: [], bare: [] };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}`);
      writeFileSync(configuration, neverSynthesised());
      for (const into of [samples.first, samples.again]) {
        const runtime = await startProcess(engine, ['--configuration', configuration]);
        into.push(runtime.seconds * 1_000);
        await runtime.stop();
      }
      const begun = performance.now();
      const bare = await startServer([join(import.meta.dirname, 'load/bare-server.ts'), answers]);
      samples.bare.push(performance.now() - begun);
      await bare.stop();
    }
  } finally {
    await directory.remove();
  }
  const reference = { name: 'a bare server', median: spreadOf(samples.bare).median };
  return [
    { name: 'npm start, everything to be synthesised', unit: 'ms', ...spreadOf(samples.first), reference, budget: budgets.first },
    { name: 'npm start, afterwards', unit: 'ms', ...spreadOf(samples.again), reference, budget: budgets.again },
  ];
}

/** The configuration of the laptop under a name that no template was synthesised for: what was before cannot serve. */
function neverSynthesised(): string {
  const local = JSON.parse(readFileSync(fileURLToPath(new URL('../config/local.json', import.meta.url)), 'utf8'));
  return JSON.stringify({ ...local, stage: `local${Date.now()}` });
}
