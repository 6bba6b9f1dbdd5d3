import type { Repeated } from '#comments/comment.ts';
import { sameText } from '#comments/rules/body.ts';
import { bytesOfId, idsOfPath } from '#comments/rules/path.ts';
import { stampBytes, stampedAt, stampOf } from './stamp.ts';

/** All attributes that a member's last texts are remembered in. */
export const recentTexts = Array.from({ length: 16 }, (_, place) => `recent${place}`);

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
  const { attribute, bytes, isOf } = stampOf(sameText(body), recentTexts, now);
  const value = new Uint8Array([...bytes, ...bytesOfId(commentId)]);
  return {
    attribute,
    value,
    repeats: (before) => {
      if (!isOf(before)) return undefined;
      const [repeated = ''] = idsOfPath(before.subarray(stampBytes));
      return repeated === commentId ? undefined : { commentId: repeated, at: stampedAt(before).toISOString() };
    },
    isIn: (found) => found instanceof Uint8Array && Buffer.from(value).equals(found),
  };
}
