import unhomoglyph from 'unhomoglyph';

/** A text folded to what it reads as, with the place in the original that each folded character came from. */
export interface Folded {
  original: string;
  text: string;
  /** For each UTF-16 unit of `text`, and its end, the offset in the original. */
  origins: number[];
}

/**
 * How a letter that no small Latin letter looks like is read: as the letter it is, or, if it is a capital, by its shape.
 * A Cyrillic В is a small в by its case, but a Latin B by its shape: one reading keeps scripts whole, the other finds disguises.
 */
export type Reading = 'by case' | 'by shape';

/**
 * Folds a text to what a person reads in it: compatibility forms and width (NFKC), accents, case, and look-alikes of
 * Latin letters from other scripts (Unicode TR #39 confusables). What cannot be seen is gone, every blank and line end is
 * one blank, and signs stay as they are.
 */
export function fold(original: string, reading: Reading = 'by case'): Folded {
  let text = '';
  const origins: number[] = [];
  let offset = 0;
  for (const character of original) {
    const letters = foldCharacter(character, reading);
    for (let n = 0; n < letters.length; n += 1) origins.push(offset);
    text += letters;
    offset += character.length;
  }
  origins.push(offset);
  return { original, text, origins };
}

/** A text that several finders look at: it is folded when one first asks, and once for each reading. */
export interface Readable {
  original: string;
  read(reading: Reading): Folded;
}

export function readable(original: string): Readable {
  const folded: Partial<Record<Reading, Folded>> = {};
  return {
    original,
    read: (reading) => {
      folded[reading] ??= fold(original, reading);
      return folded[reading];
    },
  };
}

/** Folding one character is the same every time; the alphabet of real comments is small. */
const folded: Record<Reading, Map<string, string>> = { 'by case': new Map(), 'by shape': new Map() };
const alphabetKept = 20_000;

function foldCharacter(character: string, reading: Reading): string {
  const known = folded[reading].get(character);
  if (known !== undefined) return known;
  const result = computeFold(character, reading);
  if (folded[reading].size < alphabetKept) folded[reading].set(character, result);
  return result;
}

function computeFold(character: string, reading: Reading): string {
  if (/[\p{Cf}\p{DI}]/u.test(character)) return '';
  if (/[\p{White_Space}\p{Cc}]/u.test(character)) return ' ';
  return [...character.normalize('NFKD').replaceAll(accent, '')].map((letter) => latinLookAlike(letter, reading)).join('');
}

/**
 * Marks that a word may be written with or without. Vowel signs of other scripts, and the voice marks of kana, make
 * another word, so they stay.
 */
const accent = /[[\p{M}&&[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}]]--[\u3099\u309A]]/gv;

/** ASCII stays what it is: the confusables would also make `m` out of `rn`, and so find phrases in innocent words. */
function latinLookAlike(letter: string, reading: Reading): string {
  const small = letter.toLowerCase();
  if (/^[\0-\x7f]$/.test(small)) return small;
  const alike = unhomoglyph(small).toLowerCase();
  if (/^[a-z]$/.test(alike)) return alike;
  const shape = reading === 'by shape' && letter !== small ? unhomoglyph(letter).toLowerCase() : '';
  return /^[a-z]$/.test(shape) ? shape : (unnamed[small] ?? small);
}

/** Letters with a stroke or a joined pair, which no decomposition takes apart. */
const unnamed: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ħ: 'h', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ð: 'd' };
