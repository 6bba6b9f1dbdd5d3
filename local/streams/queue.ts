import { join } from 'node:path';
import { appendDurably } from '../store/durable-file.ts';

/** A queue of the template, kept as a file with one message a line. */
export interface Queue {
  /** Resolves once the message would survive a crash. */
  send(message: unknown): Promise<void>;
}

/** Messages are written one after the other, so that their lines never mix. */
export function openQueue(directory: string, name: string): Queue {
  const file = join(directory, `${name}.jsonl`);
  let last: Promise<void> = Promise.resolve();
  return {
    send(message) {
      const sent = last.then(() => appendDurably(file, JSON.stringify(message)));
      last = sent.catch(() => undefined);
      return sent;
    },
  };
}
