import { stampedAt, stampOf } from './stamp.ts';

/** All attributes that a member's last keys are remembered in. */
export const recentKeys = ['key0', 'key1', 'key2', 'key3'];

/** What is written into the member's item to remember that a post with an `Idempotency-Key` was admitted. */
export interface RememberedKey {
  attribute: string;
  value: Uint8Array;
  /** The condition that no post with this key was admitted before, and its values. */
  isNew: { expression: string; values: Record<string, Uint8Array> };
  /** When a post with this key was admitted, going by a value of the attribute; nothing if none was. */
  admittedAt(found: unknown): Date | undefined;
}

/** Remembers a key in 16 bytes: a post that is sent again while the first is under way is told by it. */
export function rememberKey(key: string, now: Date): RememberedKey {
  const { attribute, bytes, digest, isOf } = stampOf(key, recentKeys, now);
  return {
    attribute,
    value: bytes,
    isNew: {
      expression: `(attribute_not_exists(#${attribute}) OR NOT begins_with(#${attribute}, :digest))`,
      values: { ':digest': digest },
    },
    admittedAt: (found) => (isOf(found) ? stampedAt(found) : undefined),
  };
}
