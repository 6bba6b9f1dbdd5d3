import { readFileSync, truncateSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../problem.ts';
import { appendDurably, replaceDurably } from '../store/durable-file.ts';

/** A queue of the template, kept as a file with one message a line. */
export interface Queue {
  readonly name: string;
  /** Resolves once the message would survive a crash. */
  send(message: unknown): Promise<void>;
  /** The messages as JSON texts, oldest first. */
  messages(): Promise<readonly string[]>;
  /** Takes a message out; resolves once that would survive a crash. */
  remove(message: string): Promise<void>;
}

/** Whatever touches the file does so one after the other, so that lines never mix and none is lost while another goes. */
export function openQueue(directory: string, name: string): Queue {
  const file = join(directory, `${name}.jsonl`);
  cutTornLine(file);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    name,
    send: (message) => inTurn(() => appendDurably(file, JSON.stringify(message))),
    messages: () => inTurn(() => readLines(file)),
    remove: (message) =>
      inTurn(async () => {
        const kept = (await readLines(file)).filter((line) => line !== message);
        await replaceDurably(file, kept.map((line) => `${line}\n`).join(''));
      }),
  };
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A crash may leave half a line, which was never said to be kept: its records come again. The next one must not follow on it. */
function cutTornLine(file: string): void {
  try {
    const bytes = readFileSync(file);
    const end = bytes.lastIndexOf('\n') + 1;
    if (end < bytes.length) truncateSync(file, end);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
