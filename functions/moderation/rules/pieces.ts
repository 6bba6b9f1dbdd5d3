import type { Folded } from './folding.ts';
import { isUnspaced, wordStarts } from './unspaced.ts';

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
  /** Nothing, where a script puts no blanks between words: what is left and right of it are two words, or parts of one. */
  unmarked: 3,
  /** An apostrophe: what is left of it and right of it are two words, though they touch (`he'll`). */
  apostrophe: 4,
  /** Other signs, which people do write between two words (`he/she`, `well…no`). */
  signs: 5,
  blank: 6,
  /** Several blanks, and the ends of the text. */
  wide: 7,
} as const;
export type Gap = (typeof gaps)[keyof typeof gaps];

/**
 * Cuts a folded text into its pieces.
 * @param byDictionary whether between words without blanks as well, see {@link wordStarts}
 */
export function cutPieces(folded: Folded, { byDictionary }: { byDictionary: boolean }): Piece[] {
  const pieces: Piece[] = [];
  let before: Piece | undefined;
  for (const { start, end, isCut } of stretchesOf(folded, byDictionary)) {
    const text = folded.text.slice(start, end);
    const between = folded.text.slice(before?.end ?? 0, start);
    const isNumber = /^\d+$/.test(text);
    if (before?.isNumber && isNumber && isWithinNumber(between, end - before.start)) {
      before.end = end;
      before.text = folded.text.slice(before.start, end);
      continue;
    }
    const gap = isCut ? gaps.unmarked : before ? gapOf(between, before, start, folded) : gaps.wide;
    const isSign = /^[@$€!]/.test(text);
    const piece: Piece = { text, index: pieces.length, start, end, before, after: undefined, gap, isSign, isNumber, isSingle: false };
    if (before) before.after = piece;
    pieces.push(piece);
    before = piece;
  }
  for (const piece of pieces) piece.isSingle = oneLetter.test(piece.text) && !isElided(piece) && !isWithoutBlanks(piece);
  for (const { first, last } of runsOf(pieces, 2, ({ gap }) => gap === gaps.none)) {
    const touching = pieces.slice(first.index, last.index + 1);
    const areSingle = touching.every(({ isSingle }) => isSingle);
    for (const piece of touching) piece.isSingle = areSingle;
  }
  return pieces;
}

const touches = (piece: Piece, gap: Gap) => piece.gap === gap || piece.after?.gap === gap;
const isElided = (piece: Piece) => touches(piece, gaps.apostrophe);
/** Among its like, a character by itself is a word, or a part of one. */
const isWithoutBlanks = (piece: Piece) => touches(piece, gaps.unmarked) && isUnspaced(piece.text);

/** Where pieces lie in a folded text, and whether they were cut off the one before, which no sign parts them from. */
function* stretchesOf(folded: Folded, byDictionary: boolean): Generator<{ start: number; end: number; isCut: boolean }> {
  const isSpaced = !isUnspaced(folded.original);
  for (const { 0: text, index: start } of folded.text.matchAll(letters)) {
    const end = start + text.length;
    const cuts = isSpaced ? [] : cutsOf(folded, start, end, byDictionary);
    yield { start, end: cuts[0] ?? end, isCut: false };
    for (const [index, cut] of cuts.entries()) yield { start: cut, end: cuts[index + 1] ?? end, isCut: true };
  }
}

/** Where words begin within a stretch of letters. Scripts and dictionaries know it as it was written, and one character is never cut. */
function cutsOf({ original, origins }: Folded, from: number, to: number, byDictionary: boolean): number[] {
  const originOf = (at: number) => origins[at] ?? original.length;
  const starts = wordStarts(original.slice(originOf(from), originOf(to)), byDictionary).map((start) => originOf(from) + start);
  const cuts: number[] = [];
  if (starts.length === 1) return cuts;
  let next = 0;
  for (let at = from + 1; at < to; at += 1) {
    while ((starts[next] ?? Number.POSITIVE_INFINITY) <= originOf(at - 1)) next += 1;
    if ((starts[next] ?? Number.POSITIVE_INFINITY) <= originOf(at)) cuts.push(at);
  }
  return cuts;
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
