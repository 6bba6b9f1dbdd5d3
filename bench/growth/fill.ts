import pLimit from 'p-limit';
import { acceptBody } from '#comments/accept-body.ts';
import { defaultPolicy } from '#moderation/rules/policy.ts';
import { articleKey, articleListing, articleTallyKey, commentKey, type Key } from '#table/keys.ts';
import { bodyOf, idAt } from '../../test/support/long-thread.ts';
import { SettledItems } from '../../test/support/settled-items.ts';
import { writeItems } from '../../test/support/write-items.ts';

/** So many items are in memory at a time. */
const chunk = 5_000;
/** Of transactions under way: the next is written out while the engine works on one. */
const writers = pLimit(2);
const members = 2_000;
const begin = new Date(Date.UTC(2026, 0, 1));

/**
 * Writes the settled top-level comments number `from` to `to` of an article that has those before, with the tally that it has then. What
 * is counted elsewhere, of days and members, is left out.
 *
 * @param others comments of the article that were posted otherwise, and are counted
 * @returns the id of the first comment of the article
 */
export async function growThread(
  articleId: string,
  [from, to]: readonly [from: number, to: number],
  others: number,
  onWritten: (written: number) => Promise<void>,
): Promise<string> {
  for (let first = from; first < to; first += chunk) {
    const settled = new SettledItems(1, begin);
    const last = Math.min(to, first + chunk);
    for (let n = first; n < last; n += 1) {
      const author = { id: `member-${n % members}`, name: `member-${n % members}`, picture: null, roles: new Set<string>() };
      const text = acceptBody(bodyOf(n), defaultPolicy.maxLength);
      settled.post({ id: idAt(n), articleId, parentId: undefined, author, text });
    }
    await writeSideBySide(settled.all().filter(({ sk }) => sk === commentKey('').sk));
    await onWritten(last);
  }
  await writeItems([{ ...articleTallyKey(articleId), approved: to + others, version: to + others } as Key]);
  return idAt(0);
}

/** Writes articles `from` to `to`, each with a tally, as if they had been published one after the other. */
export async function growArticles(from: number, to: number, onWritten: (written: number) => Promise<void>): Promise<void> {
  for (let first = from; first < to; first += chunk) {
    const last = Math.min(to, first + chunk);
    await writeSideBySide(Array.from({ length: last - first }, (_, n) => articleItems(first + n)).flat());
    await onWritten(last);
  }
}

/** The id of article number `n`. */
export const articleAt = (n: number): string => `grown-${n}`;

function articleItems(n: number): Key[] {
  const id = articleAt(n);
  const at = new Date(begin.getTime() + n * 1_000).toISOString();
  const view = { id, title: `Story ${n}`, url: null, author: null, section: null, publishedAt: at, updatedAt: at };
  const commenting = { open: true, mode: null, closesAt: null };
  const article = { ...articleKey(id), ...articleListing(view), revision: 1, view: { ...view, commenting } };
  return [article, { ...articleTallyKey(id), approved: n % 100, version: n % 100 } as Key];
}

async function writeSideBySide(items: readonly Key[]): Promise<void> {
  const half = Math.ceil(items.length / writers.concurrency / 100) * 100;
  const parts = Array.from({ length: writers.concurrency }, (_, n) => items.slice(n * half, (n + 1) * half));
  await writers.map(parts, (part) => writeItems(part));
}
