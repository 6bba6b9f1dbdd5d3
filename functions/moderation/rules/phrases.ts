import AhoCorasick from 'modern-ahocorasick';
import { fold, type Reading } from './folding.ts';

/** A phrase found in a text, quoted as the text has it. */
export interface FoundPhrase {
  phrase: string;
  quote: string;
  /** Offset of the quote in the text, in UTF-16 units. */
  at: number;
}

/** Finds phrases in a text. */
export type PhraseFinder = (text: string) => FoundPhrase[];

/** Findings told of one text; more would not make the case any clearer. */
const most = 5;

/**
 * Prepares phrases for finding them in any text in one pass, however many they are (Aho–Corasick). Phrases match whole
 * words of the folded text, never a part of a longer word.
 */
export function makePhraseFinder(phrases: readonly string[]): PhraseFinder {
  const patterns = phrases.flatMap((phrase) => {
    const pattern = fold(phrase).text.trim();
    return pattern === '' ? [] : [{ pattern, data: phrase }];
  });
  if (patterns.length === 0) return () => [];
  const automaton = new AhoCorasick(patterns);
  const find = (original: string, reading: Reading) => {
    const { text, origins } = fold(original, reading);
    const found: FoundPhrase[] = [];
    for (const { start, end, data, pattern } of automaton.iterate(text)) {
      if (isLetter(text[start - 1]) || isLetter(text[end])) continue;
      const at = origins[start] ?? 0;
      found.push({ phrase: data ?? pattern, quote: original.slice(at, origins[end] ?? original.length).trimEnd(), at });
      if (found.length === most) break;
    }
    return found;
  };
  return (original) => {
    const found = find(original, 'by case');
    return found.length === 0 && foreignCapital.test(original) ? find(original, 'by shape') : found;
  };
}

/** A capital outside ASCII, which may be there for its shape. */
const foreignCapital = /(?=\P{ASCII})\p{Lu}/u;

/** A folded text holds letters, digits and single blanks. */
const isLetter = (character: string | undefined) => character !== undefined && character !== ' ';
