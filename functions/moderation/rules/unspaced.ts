/** Letters of Chinese, Japanese, Thai, Lao, Khmer and Burmese, which put no blanks between words. */
const letter = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}`;
const unspaced = new RegExp(`[${letter}]`, 'u');
const either = new RegExp(`[${letter}][${letter}\\p{M}]*|[^${letter}]+`, 'gu');

/** Whether a text is written, wholly or in part, in a script that puts no blanks between words. */
export const isUnspaced = (text: string): boolean => unspaced.test(text);

/** Where what is written in such a script ends or begins in a stretch of letters: a word ends there. Offsets as of {@link wordStarts}. */
export const scriptStarts = (stretch: string): number[] => Array.from(stretch.matchAll(either), ({ index }) => index);

let segmenter: Intl.Segmenter | undefined;

/**
 * Where words begin in a stretch of letters without blanks, by the dictionaries of Unicode (Unicode Standard Annex #29, "Word boundaries",
 * with those of ICU). A word that no dictionary has is told character by character.
 *
 * @returns offsets in UTF-16 units, the first of them 0
 */
export function wordStarts(stretch: string): number[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  return Array.from(segmenter.segment(stretch), ({ index }) => index);
}

/** Where words that are written without blanks have got to, by the UTF-16 unit that goes on with them. */
export interface Letters {
  next: Map<number, Letters>;
  /** Whether a word ends here. */
  isWord: boolean;
}

/** Those of the words that are written without blanks, from their first letters on. */
export function lettersOf(words: Iterable<string>): Letters {
  const first: Letters = { next: new Map(), isWord: false };
  for (const word of words) {
    if (!isUnspaced(word)) continue;
    let reached = first;
    for (let at = 0; at < word.length; at += 1) {
      const unit = word.charCodeAt(at);
      const next = reached.next.get(unit) ?? { next: new Map(), isWord: false };
      reached.next.set(unit, next);
      reached = next;
    }
    reached.isWord = true;
  }
  return first;
}

/** Goes on with a text. @returns nothing if no word does */
export function follow(from: Letters, text: string): Letters | undefined {
  let reached: Letters | undefined = from;
  for (let at = 0; reached !== undefined && at < text.length; at += 1) reached = reached.next.get(text.charCodeAt(at));
  return reached;
}

/** Whether one of the words is anywhere in a text, whatever stands between its letters. */
export function mayHold(text: string, words: Letters): boolean {
  if (words.next.size === 0 || !isUnspaced(text)) return false;
  const letters = text.replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '');
  for (let start = 0; start < letters.length; start += 1) {
    let reached: Letters | undefined = words;
    for (let at = start; reached !== undefined; at += 1) {
      if (reached.isWord) return true;
      reached = reached.next.get(letters.charCodeAt(at));
    }
  }
  return false;
}
