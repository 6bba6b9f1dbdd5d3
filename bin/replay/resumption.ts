import * as z from 'zod';
import type { ItemKey } from './place.ts';

/** Where a walk through the table is, and when it began: only what had failed by then is made up for by it. */
export interface Resumption {
  readonly begun: string;
  /** `undefined` at the beginning of the table. */
  readonly after: ItemKey | undefined;
  /** What could not be processed so far. */
  readonly left: number;
}

const stored = z.strictObject({
  begun: z.iso.datetime(),
  after: z.record(z.string(), z.strictObject({ S: z.string() })).optional(),
  left: z.int().nonnegative(),
});

/** Writes down where a walk through the table is, as one word for a command line. */
export function encodeResumption(resumption: Resumption): string {
  return Buffer.from(JSON.stringify(resumption)).toString('base64url');
}

/** @throws Error if it is not what a replay has printed */
export function decodeResumption(word: string): Resumption {
  try {
    const { begun, after, left } = stored.parse(JSON.parse(Buffer.from(word, 'base64url').toString('utf8')));
    return { begun, after, left };
  } catch (cause) {
    throw new Error('--resume takes the word that a replay printed when it was stopped', { cause });
  }
}
