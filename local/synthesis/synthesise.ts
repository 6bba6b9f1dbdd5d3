import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem, systemCode } from '../problem.ts';
import { digestDirectory, digestInputs } from './inputs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const child = fileURLToPath(new URL('child.ts', import.meta.url));
const dayInMilliseconds = 24 * 60 * 60 * 1000;

export interface Synthesis {
  /** The directory of the cloud assembly. */
  readonly assembly: string;
  /** Whether an earlier synthesis of the very same inputs served. */
  readonly reused: boolean;
}

/**
 * The cloud assembly of the stack as it is now. What was synthesised before is used again only while every input has the content
 * it had then, and every file that was written is as it was written.
 * @throws Problem with what the synthesis printed, if it fails
 */
export async function synthesise(configurationFile: string): Promise<Synthesis> {
  const kept = join(root, 'build', 'local');
  mkdirSync(kept, { recursive: true });
  const inputs = digest(configurationFile);
  const directory = join(kept, inputs);
  if (isWhole(directory)) {
    utimesSync(directory, new Date(), new Date());
    return { assembly: join(directory, 'assembly'), reused: true };
  }
  const aside = mkdtempSync(join(kept, 'new-'));
  try {
    await run(configurationFile, aside);
    // The assembly has its own copy of the code.
    rmSync(join(aside, 'functions'), { recursive: true, force: true });
    // Saved while it ran: what was written belongs neither to the old sources nor surely to the new ones.
    if (digest(configurationFile) !== inputs) return await synthesise(configurationFile);
    writeFileSync(join(aside, 'digest'), digestDirectory(join(aside, 'assembly')));
    rmSync(directory, { recursive: true, force: true });
    moveUnlessThere(aside, directory);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  removeUnused(kept);
  return { assembly: join(directory, 'assembly'), reused: false };
}

function digest(configurationFile: string): string {
  try {
    return digestInputs(root, configurationFile);
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') throw new Problem(`There is no configuration ${configurationFile}`, { cause });
    throw cause;
  }
}

function isWhole(directory: string): boolean {
  try {
    return readFileSync(join(directory, 'digest'), 'utf8') === digestDirectory(join(directory, 'assembly'));
  } catch {
    return false;
  }
}

function run(configurationFile: string, directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Nothing of the host's own AWS setting may find its way into the template.
    const { PATH, HOME, TMPDIR } = process.env;
    const synthesis = spawn(process.execPath, [child, configurationFile, directory], {
      cwd: root,
      env: { ...(PATH && { PATH }), ...(HOME && { HOME }), ...(TMPDIR && { TMPDIR }) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    synthesis.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    synthesis.once('error', reject);
    synthesis.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Problem(`The stack cannot be synthesised:\n${errors.trim()}`));
    });
  });
}

/** Another runtime may have synthesised the same inputs meanwhile: its result is as good. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

/** Keeps what was used within a day: another runtime may still load code from it. */
function removeUnused(kept: string): void {
  for (const name of readdirSync(kept)) {
    const path = join(kept, name);
    if (Date.now() - statSync(path).mtimeMs > dayInMilliseconds) rmSync(path, { recursive: true, force: true });
  }
}
