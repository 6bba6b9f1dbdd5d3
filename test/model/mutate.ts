import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type Mutation, mutations } from './mutations.ts';

/** What a mutated copy needs. */
const sources = ['functions', 'local', 'lib', 'test', 'config', 'package.json', 'tsconfig.json'];
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { runs: { type: 'string', default: '5000' }, only: { type: 'string', default: '' } } });

process.stdout.write('| what is broken | where | found after | what did not hold |\n| --- | --- | --- | --- |\n');
for (const mutation of mutations.filter(([what]) => what.includes(values.only))) {
  const [what, file] = mutation;
  const { histories, broken } = await play(mutation);
  process.stdout.write(`| ${what} | \`functions/${file}\` | ${histories ?? `not within ${values.runs}`} | ${broken} |\n`);
  if (histories === undefined) process.exitCode = 1;
}

/** Plays histories on a copy of the project in which one thing is broken; tells after how many of them the model found it. */
async function play([what, file, from, to]: Mutation): Promise<{ histories: number | undefined; broken: string }> {
  const copy = mkdtempSync(join(tmpdir(), 'understory-mutation-'));
  try {
    for (const name of sources) cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const path = join(copy, 'functions', file);
    const [before, after, ...more] = readFileSync(path, 'utf8').split(from);
    if (after === undefined || more.length > 0) throw new Error(`«${what}»: the place in ${file} is not there, or not the only one`);
    writeFileSync(path, `${before}${to}${after}`);
    const told = await promisify(execFile)(process.execPath, ['test/model/run.ts', '--runs', values.runs, '--seed', '1', '--as-found'], {
      cwd: copy,
    })
      .then(({ stdout }) => stdout)
      .catch((error: { stdout: string; stderr: string }) => error.stdout + error.stderr);
    const histories = /Found after (\d+) histories/.exec(told)?.[1];
    const broken = /^\w*Error.*?: (.*)$/m.exec(told)?.[1] ?? '';
    return { histories: histories === undefined ? undefined : Number(histories), broken };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
