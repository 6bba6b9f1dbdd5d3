/** Digits and signs that are written for letters, each with the letters that it is written for. */
const written: Record<string, string> = {
  0: 'o',
  1: 'il',
  3: 'e',
  4: 'a',
  5: 's',
  6: 'g',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
  '€': 'e',
  '!': 'il',
};

/**
 * A number, alone or with one or two letters before or after it, as numbers are written: 1001, 5am, 3rd, 4x4, A55, MI5. Its
 * digits are digits. In a longer word, and between letters, they may be letters: 5hit, sh1t.
 */
export const isNumber = (text: string): boolean => /^\d*\D{0,2}\d*$/.test(text);

/** Tells which of the given words a text reads as, where digits and signs may be letters. */
export function makeVocabulary(words: Iterable<string>): (text: string) => readonly string[] {
  const known = new Set(words);
  const alike = Map.groupBy(known, skeleton);
  return (text) => {
    if (!disguised.test(text) || isNumber(text)) return known.has(text) ? [text] : none;
    return alike.get(skeleton(text))?.filter((word) => readsAs(text, word)) ?? none;
  };
}

const disguised = new RegExp(`[${Object.keys(written).join('')}]`);
const none: readonly string[] = [];

/** The same for all words that a text may read as, and for few others: `all` and `ali`, since 1 is written for either. */
function skeleton(text: string): string {
  let bones = '';
  for (const sign of text) bones += sign === 'l' ? 'i' : (written[sign]?.[0] ?? sign);
  return bones;
}

function readsAs(text: string, word: string): boolean {
  if (text.length !== word.length) return false;
  for (let n = 0; n < text.length; n += 1) {
    const [sign = '', letter = ''] = [text[n], word[n]];
    if (sign !== letter && !written[sign]?.includes(letter)) return false;
  }
  return true;
}
