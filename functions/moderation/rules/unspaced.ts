/**
 * Letters of Chinese, Japanese, Thai, Lao, Khmer and Burmese, which put no blanks between words. Those that they share with no others, but not
 * all that Unicode's script extensions give them: an apostrophe that is used in Thai is a letter of Ukrainian.
 */
const letter = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\u3006\u30FC\uFF70\uFF9E\uFF9F`;
const unspaced = new RegExp(`[${letter}]`, 'u');
const part = `[${letter}][${letter}\\p{M}\\p{Cf}\\p{DI}]*|[^${letter}]+`;
const parts = new RegExp(part, 'gu');
const onePart = new RegExp(`^(?:${part})$`, 'u');

/** Whether a text is written, wholly or in part, in a script that puts no blanks between words. */
export const isUnspaced = (text: string): boolean => unspaced.test(text);

/**
 * Where words begin in a stretch of letters without blanks: where one of these scripts begins or ends, and by dictionary within it (Unicode
 * Standard Annex #29, "Word boundaries", with the dictionaries of ICU). What no dictionary has is told character by character.
 *
 * @param byDictionary whether within them too, which takes as long as all else that is done to find phrases
 * @returns offsets in UTF-16 units, the first of them 0
 */
export function wordStarts(stretch: string, byDictionary: boolean): number[] {
  if (!byDictionary && onePart.test(stretch)) return [0];
  return Array.from(stretch.matchAll(parts)).flatMap(({ 0: part, index }) =>
    byDictionary && isUnspaced(part) ? dictionaryStarts(part).map((start) => index + start) : [index],
  );
}

let segmenter: Intl.Segmenter | undefined;

function dictionaryStarts(part: string): number[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  return Array.from(segmenter.segment(part), ({ index }) => index);
}

/** Where words that are written without blanks have got to, by the UTF-16 unit that goes on with them. */
export interface Letters {
  next: Map<number, Letters>;
  /** Whether a word ends here. */
  isWord: boolean;
}

/** Those of the words that are written without blanks, in part at least, from their first letters on. */
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

/** Whether one of the words could be in a text, wherever words begin and end in it, and whatever was slipped into it. */
export function mayHold(text: string, words: Letters): boolean {
  if (words.next.size === 0 || !isUnspaced(text)) return false;
  const letters = text.replaceAll(/[^\p{L}\p{N}\p{M}@$€!]/gu, '');
  for (let start = 0; start < letters.length; start += 1) {
    let reached: Letters | undefined = words;
    for (let at = start; reached !== undefined; at += 1) {
      if (reached.isWord) return true;
      reached = reached.next.get(letters.charCodeAt(at));
    }
  }
  return false;
}
