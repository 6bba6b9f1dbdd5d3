/** Places in which a member's last keys are remembered. The same key always takes the same place, so it meets itself. */
const places = 4;
const attributeOf = (place: number) => `key${place}`;

/** All attributes that keys are remembered in. */
export const recentKeys = Array.from({ length: places }, (_, place) => attributeOf(place));

const digestBytes = 10;
const timeBytes = 6;

/** What is written into the member's item to remember that a post with an `Idempotency-Key` was admitted. */
export interface RememberedKey {
  attribute: string;
  value: Uint8Array;
  /** The condition that no post with this key was admitted before, and its values. */
  isNew: { expression: string; values: Record<string, Uint8Array> };
  /** When a post with this key was admitted, going by a value of the attribute; nothing if none was. */
  admittedAt(found: unknown): Date | undefined;
}

/** Remembers the key by its hash (base64url), in 16 bytes: a post that is sent again while the first is under way is told by it. */
export function rememberKey(hash: string, now: Date): RememberedKey {
  const digest = Buffer.from(hash, 'base64url').subarray(0, digestBytes);
  const time = Buffer.alloc(timeBytes);
  time.writeUIntBE(now.getTime(), 0, timeBytes);
  const attribute = attributeOf((digest[0] ?? 0) % places);
  return {
    attribute,
    value: new Uint8Array([...digest, ...time]),
    isNew: {
      expression: `(attribute_not_exists(#${attribute}) OR NOT begins_with(#${attribute}, :digest))`,
      values: { ':digest': new Uint8Array(digest) },
    },
    admittedAt: (found) =>
      found instanceof Uint8Array && digest.equals(found.subarray(0, digestBytes))
        ? new Date(Buffer.from(found).readUIntBE(digestBytes, timeBytes))
        : undefined,
  };
}
