import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Problem, systemCode } from '../problem.ts';
import { LockHeld, takeLock } from '../store/lock.ts';
import { digestDirectory, digestInputs } from './inputs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const child = fileURLToPath(new URL('child.ts', import.meta.url));
const dayInMilliseconds = 24 * 60 * 60 * 1000;
/** How often whoever waits for another's synthesis looks whether it is there, in milliseconds. */
const lockInterval = 100;

export interface Synthesis {
  /** The directory of the cloud assembly. */
  readonly assembly: string;
  /** Whether an earlier synthesis of the very same inputs served. */
  readonly reused: boolean;
}

/**
 * The cloud assembly of the stack as it is now. What was synthesised before is used again only while every input has the content
 * it had then, and every file that was written is as it was written. Whoever asks while another synthesises the same waits for that.
 * @throws Problem with what the synthesis printed, if it fails
 */
export async function synthesise(configurationFile: string): Promise<Synthesis> {
  const kept = join(root, 'build', 'local');
  mkdirSync(kept, { recursive: true });
  for (;;) {
    const inputs = digest(configurationFile);
    const directory = join(kept, inputs);
    const release = await lockOf(directory);
    try {
      const reused = isWhole(directory);
      if (reused) utimesSync(directory, new Date(), new Date());
      if (reused || (await makeWhole(directory, () => digest(configurationFile) === inputs, configurationFile)))
        return { assembly: join(directory, 'assembly'), reused };
    } finally {
      release();
    }
  }
}

/** Takes the lock of a directory, waiting for as long as another has it. */
async function lockOf(directory: string): Promise<() => void> {
  for (;;) {
    try {
      return takeLock(`${directory}.lock`);
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      await delay(lockInterval);
    }
  }
}

/**
 * @returns whether it is now whole; not if something was saved meanwhile: what was written then belongs neither to the old inputs nor
 *   surely to the new ones
 */
async function makeWhole(directory: string, isCurrent: () => boolean, configurationFile: string): Promise<boolean> {
  const kept = dirname(directory);
  const aside = mkdtempSync(join(kept, 'new-'));
  try {
    await run(configurationFile, aside);
    if (!isCurrent()) return false;
    // The assembly has its own copy of the code.
    rmSync(join(aside, 'functions'), { recursive: true, force: true });
    writeFileSync(join(aside, 'digest'), digestDirectory(join(aside, 'assembly')));
    rmSync(directory, { recursive: true, force: true });
    renameSync(aside, directory);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  removeUnused(kept);
  return true;
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

/** Keeps what was used within a day: another runtime may still load code from it. */
function removeUnused(kept: string): void {
  for (const name of readdirSync(kept)) {
    const path = join(kept, name);
    const { mtimeMs = Date.now() } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > dayInMilliseconds) rmSync(path, { recursive: true, force: true });
  }
}
