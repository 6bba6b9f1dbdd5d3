import { hash } from 'node:crypto';

/** A UUID of version 8 (RFC 9562 §5.8) made of names: the same forever for the same names, and no other's. */
export function hashedUuid(...names: readonly string[]): string {
  const hex = hash('sha256', JSON.stringify(names), 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
