import { hash } from 'node:crypto';
import type { RateWindow } from './rules/rate.ts';

/**
 * Places that a member's item has for articles in slow mode, so that it never grows: of two such articles that share one,
 * each waits for the other, too.
 */
const places = 8;

/** Slow mode: one comment of a member on this article, and then none for so many seconds. */
export function slowWindow(articleId: string, seconds: number): RateWindow {
  const place = (hash('sha256', articleId, 'buffer')[0] ?? 0) % places;
  return { name: 'slow', place: `slow${place}`, amount: 1, seconds };
}
