import type { Folded } from './folding.ts';
import { isUnspaced, scriptStarts, wordStarts } from './unspaced.ts';

/** What no gap parts in a text: letters and digits, as far as they are one word, or one sign that may be a letter. */
export interface Piece {
  text: string;
  /** Which of the pieces it is. */
  index: number;
  /** Where it lies in the folded text. */
  start: number;
  end: number;
  before: Piece | undefined;
  after: Piece | undefined;
  /** What parts it from the piece before it. */
  gap: Gap;
  /** One of `@ $ € !`, which is a letter (`$hit`, `vi@gra`) or no more than a sign. */
  isSign: boolean;
  /** Digits alone, or several with points, commas or colons between them (4.20, 1,001, 10:30). */
  isNumber: boolean;
  /** One letter by itself, which may belong to a word written letter by letter. */
  isSingle: boolean;
  /** Stands among words without blanks between them, and may be a part of one that no dictionary has. */
  isUnspaced: boolean;
}

/** Pieces from one to another; both may be the same. */
export interface Run {
  first: Piece;
  last: Piece;
}

/** What lies between two pieces, from what parts them least to what parts them most. */
export const gaps = {
  none: 0,
  /** Signs that nobody writes between two words, such as `*` and `_`. */
  slipped: 1,
  /** A hyphen, or a point that ends no sentence. */
  joined: 2,
  /** An apostrophe: what is left of it and right of it are two words, though they touch (`he'll`). */
  apostrophe: 3,
  /** Other signs, which people do write between two words (`he/she`, `well…no`). */
  signs: 4,
  blank: 5,
  /** Several blanks, and the ends of the text. */
  wide: 6,
} as const;
export type Gap = (typeof gaps)[keyof typeof gaps];

/**
 * Cuts a folded text into its pieces.
 * @param byDictionary whether also between words without blanks between them, which costs more than all the rest
 */
export function cutPieces(folded: Folded, { byDictionary }: { byDictionary: boolean }): Piece[] {
  const pieces: Piece[] = [];
  let before: Piece | undefined;
  for (const { start, end, isPart, isUnspaced } of stretchesOf(folded, byDictionary)) {
    const text = folded.text.slice(start, end);
    const between = folded.text.slice(before?.end ?? 0, start);
    const isNumber = /^\d+$/.test(text);
    if (before?.isNumber && isNumber && isWithinNumber(between, end - before.start)) {
      before.end = end;
      before.text = folded.text.slice(before.start, end);
      continue;
    }
    const gap = before ? gapOf(between, before, start, folded) : gaps.wide;
    const isSign = /^[@$€!]/.test(text);
    const isSingle = !isPart && oneLetter.test(text);
    const piece = { text, index: pieces.length, start, end, before, after: undefined, gap, isSign, isNumber, isSingle, isUnspaced };
    if (before) before.after = piece;
    pieces.push(piece);
    before = piece;
  }
  for (const piece of pieces) {
    if (piece.gap === gaps.apostrophe || piece.after?.gap === gaps.apostrophe) piece.isSingle = false;
  }
  for (const { first, last } of runsOf(pieces, 2, ({ gap }) => gap === gaps.none)) {
    const touching = pieces.slice(first.index, last.index + 1);
    const areSingle = touching.every(({ isSingle }) => isSingle);
    for (const piece of touching) piece.isSingle = areSingle;
  }
  return pieces;
}

interface Stretch {
  start: number;
  end: number;
  /** One of several words of a stretch of letters. */
  isPart: boolean;
  isUnspaced: boolean;
}

/** Where pieces lie in a folded text. */
function* stretchesOf(folded: Folded, byDictionary: boolean): Generator<Stretch> {
  for (const { 0: text, index: start } of folded.text.matchAll(letters)) {
    const end = start + text.length;
    if (isUnspaced(text)) {
      const starts = byDictionary ? dictionaryStarts(folded, start, end) : scriptStarts(text).map((at) => start + at);
      const isPart = starts.length > 1;
      for (const [index, at] of starts.entries()) yield { start: at, end: starts[index + 1] ?? end, isPart, isUnspaced: true };
    } else yield { start, end, isPart: false, isUnspaced: false };
  }
}

/** Where words begin in a stretch of the original, which is what a dictionary knows, as it lies in the folded text. */
function dictionaryStarts({ original, origins }: Folded, from: number, to: number): number[] {
  const originOf = (at: number) => origins[at] ?? original.length;
  const begins = wordStarts(original.slice(originOf(from), originOf(to))).map((begin) => begin + originOf(from));
  const starts = [from];
  let next = 1;
  for (let at = from + 1; at < to; at += 1) {
    while (begins[next] !== undefined && (begins[next] ?? 0) <= originOf(at - 1)) next += 1;
    if ((begins[next] ?? original.length) <= originOf(at)) starts.push(at);
  }
  return starts;
}

/** Before a number, `$` and `€` are money, except in the middle of a word (`cla$51c`). */
const letters = /[\p{L}\p{N}\p{M}]+|[@!]|[$€](?!\d)|(?<=\p{L})[$€](?=\d+\p{L})/gu;
const oneLetter = /^.\p{M}*$/u;

/** The longest runs of pieces in which each joins the one before it, if they are so many. */
export function runsOf(pieces: readonly Piece[], atLeast: 1 | 2, joins: (piece: Piece, before: Piece) => boolean): Run[] {
  const runs: Run[] = [];
  let first = pieces[0];
  for (let last = first; first && last; last = last.after) {
    if (last.after && joins(last.after, last)) continue;
    if (first !== last || atLeast === 1) runs.push({ first, last });
    first = last.after;
  }
  return runs;
}

/** A run without the pieces at either end of it that do not belong to it; one piece stays. */
export function trim(run: Run, belongs: (piece: Piece) => boolean): Run {
  let { first, last } = run;
  while (first !== last && first.after && !belongs(first)) first = first.after;
  while (first !== last && last.before && !belongs(last)) last = last.before;
  return { first, last };
}

/** Two digits with a sign between them are not taken for a number, because letters are written as digits too: `v.1.4.g.r.a`. */
const isWithinNumber = (between: string, length: number) => length > 3 && /^[.,:]$/.test(between);

function gapOf(between: string, before: Piece, start: number, { original, origins }: Folded): Gap {
  const isCapital = (at: number) => /\p{Lu}/u.test(original.charAt(origins[at] ?? 0));
  if (between === '.' && isCapital(start) && !isCapital(before.end - 1)) return gaps.signs;
  const usual = usualGaps.get(between);
  if (usual !== undefined) return usual;
  if (/^[_*~^#|\\`·•∙⋅∗]+$/.test(between)) return gaps.slipped;
  const blanks = between.split(' ').length - 1;
  return blanks === 0 ? gaps.signs : blanks === 1 ? gaps.blank : gaps.wide;
}

const usualGaps = new Map<string, Gap>([
  ['', gaps.none],
  [' ', gaps.blank],
  ['-', gaps.joined],
  ['‐', gaps.joined],
  ['.', gaps.joined],
  ["'", gaps.apostrophe],
  ['’', gaps.apostrophe],
]);
