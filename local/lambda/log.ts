import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A log and its predecessor take at most twice this, in bytes. */
const fullAt = 10 * 1024 * 1024;
const terminal = 1;

/**
 * Sends all that this thread prints to a file, and to the terminal too if `verbose`. The file is written at once and from here: what a
 * function said last before it broke is kept, and the thread that serves requests has no part in it.
 */
export function logTo(file: string, verbose: boolean): void {
  const write = rotatingWriter(file);
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: Uint8Array | string, encoding?: unknown, done?: unknown) => {
      write(chunk);
      if (verbose) writeToTerminal(chunk);
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') queueMicrotask(() => callback());
      return true;
    };
  }
}

function rotatingWriter(file: string): (chunk: Uint8Array | string) => void {
  let descriptor = openSync(file, 'a');
  let size = fstatSync(descriptor).size;
  return (chunk) => {
    if (size > fullAt) {
      closeSync(descriptor);
      renameSync(file, `${file}.1`);
      descriptor = openSync(file, 'a');
      size = 0;
    }
    size += writeAll(descriptor, chunk);
  };
}

function writeToTerminal(chunk: Uint8Array | string): void {
  try {
    writeAll(terminal, chunk);
  } catch {
    // A terminal that is gone or cannot follow must not stop the function.
  }
}

function writeAll(descriptor: number, chunk: Uint8Array | string): number {
  return typeof chunk === 'string' ? writeSync(descriptor, chunk) : writeSync(descriptor, chunk);
}
