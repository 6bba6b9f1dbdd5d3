import { hash } from 'node:crypto';

const digestBytes = 10;
const timeBytes = 6;
/** Bytes of a stamp. */
export const stampBytes = digestBytes + timeBytes;

/** What a member's item remembers a text by: its digest, and the moment. */
export interface Stamp {
  /** Which of the places it takes. The same text always takes the same place, so it meets itself. */
  attribute: string;
  bytes: Uint8Array;
  /** What every stamp of the same text begins with. */
  digest: Uint8Array;
  /** Whether a value of the attribute begins with a stamp of the same text. */
  isOf(found: unknown): found is Uint8Array;
}

export function stampOf(text: string, places: readonly string[], now: Date): Stamp {
  const digest = hash('sha256', text, 'buffer').subarray(0, digestBytes);
  const time = Buffer.alloc(timeBytes);
  time.writeUIntBE(now.getTime(), 0, timeBytes);
  return {
    attribute: places[(digest[0] ?? 0) % places.length] ?? '',
    bytes: new Uint8Array([...digest, ...time]),
    digest: new Uint8Array(digest),
    isOf: (found): found is Uint8Array => found instanceof Uint8Array && digest.equals(found.subarray(0, digestBytes)),
  };
}

/** The moment of a stamp. */
export const stampedAt = (bytes: Uint8Array): Date => new Date(Buffer.from(bytes).readUIntBE(digestBytes, timeBytes));
