import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pending: (() => Promise<void>)[] = [];
let over = false;

/**
 * Notes what has to be undone: by whoever did it, or else when the benchmark is interrupted. It is undone once, however often it is asked.
 * @throws where all is undone already: whoever still goes on is stopped, and what they have just done is undone too
 */
export function undoable(undo: () => Promise<void> | void): () => Promise<void> {
  let undone: Promise<void> | undefined;
  const once = () => {
    undone ??= Promise.resolve(undo());
    return undone;
  };
  if (over) {
    void once();
    throw new Error('The benchmark was interrupted');
  }
  pending.push(once);
  return once;
}

/** Undoes what is not undone yet, and whatever is begun from then on, the last first: a process ends before the directory is deleted that it writes to. */
export async function undoAll(): Promise<void> {
  over = true;
  for (let undo = pending.pop(); undo !== undefined; undo = pending.pop()) await undo();
}

/** A directory that is there until it is removed. */
export function temporaryDirectory(name: string): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), `understory-${name}-`));
  return { path, remove: undoable(() => rmSync(path, { recursive: true, force: true })) };
}
