/**
 * What sorts before every comment id made at `time` or later, and after every earlier one: the milliseconds since 1970
 * that a UUIDv7 begins with (RFC 9562 §5.7).
 */
export function earliestId(time: number): string {
  const digits = time.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}

/** What a cursor over ids, or over moments, carries. */
export const idPosition = /^[0-9a-f]{8}-[0-9a-f]{4}(?:(?:-[0-9a-f]{4}){2}-[0-9a-f]{12})?$/;
