import { hash } from 'node:crypto';
import { Problem } from './problem.ts';

/**
 * A cursor carries the sort position only, and a fingerprint of the query it came from. Partition keys are rebuilt from
 * the route, so a forged cursor can at most choose another position in what its query may see anyway.
 */
export function writeCursor(position: string, scope: readonly string[]): string {
  return Buffer.from(`${fingerprint(scope)}${position}`).toString('base64url');
}

/**
 * The position that a cursor carries, or `undefined` for the first page.
 *
 * @param scope what names the query: route, article, sort order and filters
 * @param position what a position of this query looks like
 * @throws Problem `bad-cursor` (400) for a malformed cursor or one of another query
 */
export function readCursor(cursor: string | undefined, scope: readonly string[], position: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const text = /^[\w-]{12,1024}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString() : '';
  const found = text.slice(fingerprintLength);
  if (text.slice(0, fingerprintLength) !== fingerprint(scope) || !position.test(found)) {
    throw new Problem('bad-cursor', 'The cursor is malformed or comes from another query.', {
      errors: [{ path: '/cursor', message: 'use nextCursor of the page before, with the same parameters' }],
    });
  }
  return found;
}

const fingerprintLength = 8;
const fingerprint = (scope: readonly string[]) => hash('sha256', JSON.stringify(scope), 'base64url').slice(0, fingerprintLength);
