import { hash } from 'node:crypto';
import { Problem } from './problem.ts';

/**
 * The strong validator of a representation (RFC 9110 §8.8.3). Where there is a revision it comes first, so that
 * `If-Match` can be decided by the revision alone though counts within the representation moved on.
 */
export function etagOf(body: string, revision: number | undefined): string {
  const digest = hash('sha256', body, 'base64url').slice(0, 22);
  return revision === undefined ? `"${digest}"` : `"${revision}.${digest}"`;
}

/**
 * Whether `If-None-Match` names this representation: the weak comparison, in which `W/` does not count (RFC 9110 §13.1.2).
 */
export function matchesNone(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

/** What `If-Match` asks for: any revision (`*`), one of these, or nothing because the header is missing. */
export type Precondition = '*' | readonly number[] | undefined;

/**
 * Reads `If-Match`, which takes an ETag of ours or the revision in quotes. An ETag that came through the edge may be weak:
 * CloudFront writes `W/` before it when it compresses an answer, and what follows still begins with the revision, which decides.
 *
 * A tag that names no revision can match nothing, so it ends in 412 like any other stale one (RFC 9110 §13.1.1).
 */
export function readIfMatch(header: string | undefined): Precondition {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return header.split(',').map((each) => Number(/^(?:W\/)?"(\d{1,15})(?:\.[\w-]+)?"$/.exec(each.trim())?.[1] ?? Number.NaN));
}

/**
 * Checks a precondition against the revision in force; 0 stands for "does not exist yet".
 *
 * @throws Problem `stale-revision` (412)
 */
export function requireMatch(precondition: Precondition, revision: number): void {
  if (precondition === undefined) return;
  if (precondition === '*' ? revision > 0 : precondition.includes(revision)) return;
  throw new Problem('stale-revision', `If-Match does not name the revision in force${revision > 0 ? `, ${revision}` : ''}.`);
}
