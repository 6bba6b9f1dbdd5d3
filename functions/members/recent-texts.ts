import { hash } from 'node:crypto';
import type { Repeated } from '#comments/comment.ts';
import { sameText } from '#comments/rules/body.ts';
import { bytesOfId, idsOfPath } from '#comments/rules/path.ts';

/** Places a member's last texts are remembered in. The same text always takes the same place, so it meets itself. */
const places = 16;
const attributeOf = (place: number) => `recent${place}`;

/** All attributes that texts are remembered in. */
export const recentTexts = Array.from({ length: places }, (_, place) => attributeOf(place));

const digestBytes = 10;
const timeBytes = 6;

/** What is written into the member's item to remember a text, and how to read what was there before. */
export interface RememberedText {
  attribute: string;
  value: Uint8Array;
  /** The comment that said the same before, going by the old value of the attribute. */
  repeats(before: unknown): Repeated | undefined;
  /** Whether a value of the attribute is what this very post has written: no other has its comment's id. */
  isIn(found: unknown): boolean;
}

/** Remembers that comment `commentId` says `body`, in 32 bytes: with all places taken, a member still costs one write unit. */
export function rememberText(commentId: string, body: string, now: Date): RememberedText {
  const digest = hash('sha256', sameText(body), 'buffer').subarray(0, digestBytes);
  const time = Buffer.alloc(timeBytes);
  time.writeUIntBE(now.getTime(), 0, timeBytes);
  const value = new Uint8Array([...digest, ...time, ...bytesOfId(commentId)]);
  return {
    attribute: attributeOf((digest[0] ?? 0) % places),
    value,
    repeats: (before) => {
      if (!(before instanceof Uint8Array) || !digest.equals(before.subarray(0, digestBytes))) return undefined;
      const repeated = unpack(before);
      return repeated.commentId === commentId ? undefined : repeated;
    },
    isIn: (found) => found instanceof Uint8Array && Buffer.from(value).equals(found),
  };
}

function unpack(bytes: Uint8Array): Repeated {
  const at = Buffer.from(bytes).readUIntBE(digestBytes, timeBytes);
  const [commentId = ''] = idsOfPath(bytes.subarray(digestBytes + timeBytes));
  return { commentId, at: new Date(at).toISOString() };
}
