import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { systemCode } from '../problem.ts';
import { processIdentity } from './process-identity.ts';

/** Thrown when a process that still runs holds the lock. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld';
  readonly pid: number;

  constructor(pid: number) {
    super(`locked by process ${pid}`);
    this.pid = pid;
  }
}

interface Holder {
  readonly pid: number;
  readonly identity: string | undefined;
}

/**
 * Takes a lock file, also one that a dead process left behind.
 * @returns what releases it
 * @throws LockHeld
 */
export function takeLock(file: string): () => void {
  const claim = `${file}.${randomUUID()}`;
  const content = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) } satisfies Holder);
  writeFileSync(claim, content);
  try {
    for (;;) {
      if (claimed(claim, file)) return () => release(file, content);
      removeIfStale(file);
    }
  } finally {
    rmSync(claim, { force: true });
  }
}

/** A link appears with its content already there, and only where there is nothing. */
function claimed(claim: string, file: string): boolean {
  try {
    linkSync(claim, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function removeIfStale(file: string): void {
  const found = read(file);
  if (found === undefined) return;
  const { pid, identity } = parse(found);
  if (pid > 0 && processIdentity(pid) === identity) throw new LockHeld(pid);
  // Two may find it stale at once: whoever moves away a newer lock than it has read puts it back.
  const moved = `${file}.${randomUUID()}`;
  try {
    renameSync(file, moved);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if (read(moved) !== found) renameSync(moved, file);
  else rmSync(moved, { force: true });
}

function release(file: string, content: string): void {
  if (read(file) === content) rmSync(file, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(content: string): Holder {
  try {
    const { pid, identity } = JSON.parse(content) as Partial<Holder>;
    return { pid: typeof pid === 'number' ? pid : 0, identity: typeof identity === 'string' ? identity : undefined };
  } catch {
    return { pid: 0, identity: undefined };
  }
}
