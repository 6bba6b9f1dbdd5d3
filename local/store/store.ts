import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf, Problem, systemCode } from '../problem.ts';
import { LockHeld, takeLock } from './lock.ts';

/** Says that a directory is a store of ours, so that `--fresh` can never empty another. */
export const storeMarker = 'understory-store.json';
const folders = ['dynoxide', 'dynamodb-local', 'logs', 'queues', 'checkpoints'] as const;
const files = ['engine.json'] as const;

/** A directory with everything that outlives a run. */
export interface Store {
  readonly directory: string;
  /** The path of one of its folders, which is there. */
  folder(name: (typeof folders)[number]): string;
  /** The path of one of its files, there or not. */
  file(name: (typeof files)[number]): string;
  /** Whether it was asked to begin anew. */
  readonly fresh: boolean;
  /** Deletes what earlier runs left, and nothing else. Nothing may have it open. */
  empty(): void;
  release(): void;
}

/**
 * Opens a store, making it where there is none, and locks it.
 * @throws Problem if it cannot be written, is in use, or the directory holds something else
 */
export function openStore(options: { readonly directory: string; readonly fresh: boolean }): Store {
  const directory = resolve(options.directory);
  const release = claim(directory);
  const makeFolders = () => {
    for (const each of folders) mkdirSync(join(directory, each), { recursive: true });
  };
  try {
    makeFolders();
  } catch (cause) {
    release();
    throw new Problem(`The store ${directory} cannot be written: ${messageOf(cause)}`, { cause });
  }
  return {
    directory,
    fresh: options.fresh,
    folder: (each) => join(directory, each),
    file: (each) => join(directory, each),
    empty() {
      for (const each of [...folders, ...files]) rmSync(join(directory, each), { recursive: true, force: true });
      makeFolders();
    },
    release,
  };
}

/** The import command keeps its ledgers beside the store, and may have been there first. */
const importLedgers = 'imports';

/** Makes parents one by one: Node.js's own recursion never ends where nothing can be made, as in /proc. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  mkdirSync(directory);
}

function claim(directory: string): () => void {
  try {
    makeDirectory(directory);
    const found = readdirSync(directory);
    if (found.some((name) => name !== importLedgers) && !found.includes(storeMarker))
      throw new Problem(`${directory} holds something else than a store; name another with --data`);
    writeFileSync(join(directory, storeMarker), `${JSON.stringify({ store: 'understory', layout: 1 })}\n`);
    return takeLock(join(directory, 'lock'));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    if (cause instanceof LockHeld) throw new Problem(`The store ${directory} is locked by process ${cause.pid}`, { cause });
    const why = systemCode(cause) === 'EEXIST' ? 'it is a file' : messageOf(cause);
    throw new Problem(`The store ${directory} cannot be written: ${why}`, { cause });
  }
}
