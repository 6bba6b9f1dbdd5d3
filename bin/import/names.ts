import { createHash } from 'node:crypto';

/** A short fingerprint: the first `length` hexadecimal digits (at most 64) of SHA-256 over the parts, which cannot run into each other. */
export const fingerprint = (length: number, ...parts: (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);

/** Text as it can stand in an id: lower-case ASCII letters and digits with single hyphens between the words; may be empty. */
const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

const isLossy = (text: string): boolean => /[^\p{ASCII}]/u.test(text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, ''));

/**
 * The article id for a title: its slug, at most `longest` characters. A title that the slug cannot hold (other
 * scripts, more characters) also gets a fingerprint, so that two titles do not meet in one id.
 */
export function articleIdOf(title: string, longest = 128): string {
  const words = slug(title);
  if (words !== '' && words.length <= longest && !isLossy(title)) return words;
  const mark = fingerprint(12, title.normalize('NFC'));
  const kept = words.slice(0, longest - mark.length - 1).replace(/-+$/, '');
  return kept === '' ? `article-${mark}` : `${kept}-${mark}`;
}

/** The `sub` of an author known only by name: readable, the same in every run, and never shared by two different names. */
export function subjectOf(name: string): string {
  const mark = fingerprint(12, name.normalize('NFC'));
  const words = slug(name).slice(0, 100);
  return words === '' ? `author-${mark}` : `${words}-${mark}`;
}
