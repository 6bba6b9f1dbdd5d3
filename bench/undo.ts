import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pending: (() => Promise<void>)[] = [];

/**
 * Notes what has to be undone: by whoever did it, or else when the benchmark is interrupted. It is undone once, however often it is asked.
 */
export function undoable(undo: () => Promise<void> | void): () => Promise<void> {
  let undone: Promise<void> | undefined;
  const once = () => {
    undone ??= Promise.resolve(undo()).finally(() => pending.splice(pending.indexOf(once), 1));
    return undone;
  };
  pending.push(once);
  return once;
}

/** Undoes what is not undone yet, the last first: a process is ended before the directory that it writes to is deleted. */
export async function undoAll(): Promise<void> {
  for (const undo of pending.toReversed()) await undo();
}

/** A directory that is there until it is removed. */
export function temporaryDirectory(name: string): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), `understory-${name}-`));
  return { path, remove: undoable(() => rmSync(path, { recursive: true, force: true })) };
}
