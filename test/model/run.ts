import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngine } from '../../local/engine/engine.ts';
import { openStore } from '../../local/store/store.ts';
import { declaredTable } from '../support/declared-table.ts';
import { functionEnvironment } from '../support/function-environment.ts';
import { startSecrets } from '../support/secrets.ts';
import type { Played, Portion } from './player.ts';

/** Histories of one portion: all of one seed, so that a counter-example is found again by playing no more than these. */
const portionSize = 100;
/** Portions after which a process and its engine make way for new ones: the store has grown, stream records included. */
const portionsOfEngine = 20;
const secondsBetweenLines = 10;

const { runs, seed, processes, asFound } = readOptions();
const directory = mkdtempSync(join(tmpdir(), 'understory-model-'));
const shape = declaredTable();
const secrets = await startSecrets();
const started = Date.now();
let given = 0;
let played = 0;
let failed = false;

const progress = setInterval(tell, secondsBetweenLines * 1_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
say(`Playing ${runs.toLocaleString('en')} histories with seed ${seed} in ${processes} processes.`);
await Promise.all(
  Array.from({ length: processes }, async (_, n) => {
    while (!failed && given < runs) await play(`engine-${n}`);
  }),
);
clearInterval(progress);
await secrets.close();
tell();
process.exitCode = failed ? 1 : 0;

/** Lets one process with an engine of its own play portion after portion. */
async function play(name: string): Promise<void> {
  const store = openStore({ directory: join(directory, name), fresh: true });
  const engine = await startEngine('dynoxide', store, say);
  const player = fork(join(import.meta.dirname, 'player.ts'), [JSON.stringify(shape)], {
    env: { ...process.env, ...functionEnvironment(engine.url, secrets.url, 'model') },
  });
  let portions = 0;
  const next = () => {
    portions += 1;
    if (failed || given >= runs || portions > portionsOfEngine) return player.disconnect();
    const portion: Portion = { seed: seed + given / portionSize, runs: Math.min(portionSize, runs - given), asFound };
    given += portion.runs;
    player.send(portion);
  };
  player.on('message', ({ found, ...portion }: Played) => {
    played += found?.runs ?? portion.runs;
    if (found !== undefined) {
      failed = true;
      say(`\n${found.text}\n\nFound after ${played} histories; once more: --runs ${portion.runs} --seed ${portion.seed}`);
    }
    next();
  });
  next();
  const code = await new Promise((resolve) => player.on('exit', resolve));
  failed ||= code !== 0;
  await engine.stop();
  store.release();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Tells how far it has come. */
function tell(): void {
  const rate = played / ((Date.now() - started) / 1_000);
  const left = played === 0 ? 'unknown' : `${Math.ceil((runs - played) / rate / 60)} min`;
  say(`${new Date().toISOString()}  ${played.toLocaleString('en')} played, ${rate.toFixed(1)} a second, ${left} left`);
}

function readOptions(): { runs: number; seed: number; processes: number; asFound: boolean } {
  const whole = (name: string, text: string) => {
    if (!/^\d+$/.test(text) || Number(text) > 2 ** 31 - 1) fail(`--${name} must be a whole number, not ${text}`);
    return Number(text);
  };
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '1000' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 30)) },
        processes: { type: 'string', default: String(availableParallelism()) },
        'as-found': { type: 'boolean', default: false },
      },
    });
    return {
      runs: whole('runs', values.runs),
      seed: whole('seed', values.seed),
      processes: Math.max(1, whole('processes', values.processes)),
      asFound: values['as-found'],
    };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\nUsage: npm run test:model -- [--runs N] [--seed N] [--processes N] [--as-found]\n`);
  process.exit(2);
}
