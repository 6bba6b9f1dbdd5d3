import type { Folded } from './folding.ts';
import { isNumber } from './leetspeak.ts';
import { cutPieces, type Gap, gaps, type Piece, type Run, runsOf, trim } from './pieces.ts';
import { follow, type Letters, mayHold } from './unspaced.ts';

/** The words that phrases are made of. */
export interface Vocabulary {
  /** How long the longest is, in characters. */
  longest: number;
  /** Which of them a text reads as, if any. */
  lookUp(text: string): readonly string[];
  /** Those of them that are written without blanks. */
  unspaced: Letters;
}

/** A stretch of a folded text that can be read as a word of phrases. */
export interface Word {
  /** The words that it can be read as. None, where a sign that may be a letter is no more than a sign. */
  readAs: readonly string[];
  /** Where it lies in the folded text. */
  start: number;
  end: number;
  /** The index of the piece after it. */
  next: number;
  /** Written letter by letter, so that it does not show where words end in it. */
  isSpelled: boolean;
}

/**
 * All that can be read as a word of phrases in a text, by the index of the piece that it begins with.
 *
 * Each piece is a word. Beyond that, pieces are joined as a reader would join them, who knows how people write when they
 * disguise nothing:
 * - What nobody writes between two words joins whatever it stands between: `vi*agra`. So do one hyphen and one point
 *   (`vi-agra`, `vi.agra`), except where a sentence ends (`my pen.Is`).
 * - Blanks and all other signs do stand between words (`pen is`, `he/she`, `he'll`). They join single letters alone, and three
 *   at least, because two are initials (`e.g.`, `B.J.`). Single letters are one word as far as they go: there is no `via` in
 *   `v i a g r a` and no `cock` in `c.o.c.k.tail`. Wider gaps may part words in them, and `a s h i t` may begin with a word.
 * - `@ $ € !` may be letters where they stand, or no more than signs: both are read.
 * - Digits alone are never joined: 24/7 and 9-11 are two numbers each.
 * - Where a script puts no blanks between words, a word may be several of a dictionary's, whole ones only.
 *
 * The work is linear in the text: a piece is in one run of each width at most, and a run is read in a few ways; without blanks, reading ends
 * where no word goes on.
 */
export function readWords(folded: Folded, { longest, lookUp, unspaced }: Vocabulary): Word[][] {
  const pieces = cutPieces(folded, { byDictionary: mayHold(folded.text, unspaced) });
  const textOf = textsOf(pieces);
  const words: Word[][] = [];
  const add = (readAs: readonly string[], { first, last }: Run, isSpelled: boolean) => {
    const word = { readAs, start: first.start, end: last.end, next: last.index + 1, isSpelled };
    const others = words[first.index];
    if (others === undefined) words[first.index] = [word];
    else others.push(word);
  };
  const read = (text: string, run: Run, isSpelled: boolean) => {
    const readAs = text.length > longest ? [] : lookUp(text);
    if (readAs.length > 0) add(readAs, run, isSpelled);
  };
  for (const piece of pieces) {
    const alone = { first: piece, last: piece };
    if (piece.isSign) add([], alone, false);
    else read(piece.text, alone, false);
    let reached = follow(unspaced, piece.text);
    for (let last = piece.after; reached !== undefined && last !== undefined && last.gap <= gaps.unmarked; last = last.after) {
      reached = follow(reached, last.text);
      if (reached?.isWord) add([textOf({ first: piece, last })], { first: piece, last }, false);
    }
  }
  /** Where the run ended that was last read from a piece on. Where none goes further, there is nothing new to read. */
  const ends: Piece[] = [];
  for (const width of widths) {
    for (const run of runsOf(pieces, 2, (piece, before) => joins(piece, before, width))) {
      if (ends[run.first.index] === run.last || (width > gaps.joined && touchesLonger(run))) continue;
      ends[run.first.index] = run.last;
      for (const way of waysToRead(run, width)) {
        const text = textOf(way);
        // With a sign between every two letters, a word is twice as long.
        if (text.length > 2 * longest || (width > gaps.none && isNumber(text))) continue;
        const isSpelled = pieces.slice(way.first.index, way.last.index + 1).every(({ isSingle }) => isSingle);
        read(text, way, isSpelled);
        const bare = isSpelled ? text.replaceAll(/[@$€!]/g, '') : text;
        if (bare !== text && !isNumber(bare)) read(bare, way, isSpelled);
      }
    }
  }
  return words;
}

/** The words of a phrase, in which nothing is disguised. */
export function plainWords(phrase: Folded): string[] {
  const pieces = cutPieces(phrase, { byDictionary: false });
  return runsOf(pieces, 1, ({ gap }) => gap === gaps.none || gap === gaps.unmarked)
    .map((run) => trim(run, mayEnd))
    .filter(({ first, last }) => first !== last || !first.isSign)
    .map(textsOf(pieces));
}

const widths = Object.values(gaps).filter((gap) => gap !== gaps.unmarked && gap !== gaps.apostrophe);

const joins = (piece: Piece, before: Piece, width: Gap) =>
  piece.gap <= width && (width <= gaps.joined || (piece.isSingle && before.isSingle));

/** Single letters are no word without a longer piece that stands right beside them. */
const touchesLonger = ({ first, last }: Run) => first.gap <= gaps.joined || (last.after?.gap ?? gaps.wide) <= gaps.joined;

/** A run with the signs around it or without them, and without the one-letter word, or number, that may stand around it. */
function waysToRead(run: Run, width: Gap): Run[] {
  const whole = trim(run, mayEnd);
  const bare = trim(whole, ({ isSign }) => !isSign);
  const firsts = [whole.first];
  const lasts = [whole.last];
  if (bare.first !== whole.first) firsts.push(bare.first);
  if (bare.last !== whole.last) lasts.push(bare.last);
  if (width >= gaps.blank) {
    let { after } = whole.first;
    while (after && !mayEnd(after) && after.gap === gaps.none) after = after.after;
    if (after && after.gap >= gaps.blank && oneLetterWord.test(whole.first.text)) firsts.push(after);
    const { before } = whole.last;
    if (before && whole.last.gap >= gaps.blank && oneLetterWord.test(whole.last.text)) lasts.push(before);
  }
  return firsts.flatMap((first) => lasts.filter((last) => first.index < last.index).map((last) => ({ first, last })));
}

/** `a`, `I` and `u`; with those of all languages, hardly a letter would be left that is no word. */
const oneLetterWord = /^[aiu\d]$/;

/** A last `!` ends a sentence. */
const mayEnd = ({ text }: Piece) => text !== '!';

/** Tells the text of any run, without what lies between its pieces. */
function textsOf(pieces: readonly Piece[]): (run: Run) => string {
  const text = pieces.map((piece) => piece.text).join('');
  const offsets: number[] = [0];
  for (const piece of pieces) offsets.push((offsets.at(-1) ?? 0) + piece.text.length);
  return ({ first, last }) => text.slice(offsets[first.index], offsets[last.index + 1]);
}
