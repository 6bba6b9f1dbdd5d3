import { type Folded, fold, type Readable, readable } from './folding.ts';
import { makeVocabulary } from './leetspeak.ts';
import { lettersOf } from './unspaced.ts';
import { plainWords, readWords, type Vocabulary, type Word } from './words.ts';

/** A phrase found in a text, quoted as the text has it. */
export interface FoundPhrase {
  phrase: string;
  quote: string;
  /** Offset of the quote in the text, in UTF-16 units. */
  at: number;
}

/** Finds phrases in a text; one that several finders look at is better made `readable` once. */
export type PhraseFinder = (text: string | Readable) => FoundPhrase[];

/** Findings told of one text; more would not make the case any clearer. */
const most = 5;

/** A word within phrases, and the words that follow it in some of them. */
interface Step {
  next: Map<string, Step>;
  /** The phrase that ends here. */
  phrase?: string;
}

/**
 * Prepares phrases for finding them in any text in one pass, however many they are. Phrases match whole words of the text,
 * as it reads with its disguises off, never a part of a longer word.
 */
export function makePhraseFinder(phrases: readonly string[]): PhraseFinder {
  const whole: Step = { next: new Map() };
  /** Phrases of several words once more, as they read where nothing shows that a word ends. */
  const spelled: Step = { next: new Map() };
  const known = new Set<string>();
  for (const phrase of phrases) {
    const words = plainWords(fold(phrase));
    if (words.length === 0) continue;
    add(whole, words, phrase);
    if (words.length > 1) add(spelled, [words.join('')], phrase);
    for (const word of [...words, words.join('')]) known.add(word);
  }
  if (known.size === 0) return () => [];
  const vocabulary: Vocabulary = {
    longest: [...known].reduce((length, word) => Math.max(length, word.length), 0),
    lookUp: makeVocabulary(known),
    unspaced: lettersOf(known),
  };

  const find = (folded: Folded) => {
    const found: FoundPhrase[] = [];
    /** The phrases that are begun, by the piece that has to go on with them, and where they began. */
    const begun: Map<Step, number>[] = [];
    const begin = (next: number, step: Step, from: number) => {
      begun[next] = (begun[next] ?? new Map<Step, number>()).set(step, from);
    };
    /** Some disguises can be taken off in two ways that come to the same. */
    const tell = (phrase: string, start: number, end: number) => {
      const finding = { phrase, ...quoted(folded, start, end) };
      if (found.length < most && !found.some(({ phrase, at }) => phrase === finding.phrase && at === finding.at)) found.push(finding);
    };
    const goOn = (step: Step, from: number, readings: Readings) => {
      for (const [reached, words] of following(step, readings)) {
        for (const { next, end } of words) {
          if (reached.next.size > 0) begin(next, reached, from);
          if (reached.phrase !== undefined) tell(reached.phrase, from, end);
        }
      }
    };
    for (const [index, starting = []] of readWords(folded, vocabulary).entries()) {
      const [first] = starting;
      if (first === undefined) continue;
      const before = begun[index] ?? [];
      const readings = readingsOf(starting);
      for (const [step, from] of before) {
        for (const { readAs, next } of starting) if (readAs.length === 0) begin(next, step, from);
        goOn(step, from, readings);
      }
      goOn(whole, first.start, readings);
      goOn(spelled, first.start, readingsOf(starting.filter(({ isSpelled }) => isSpelled)));
      if (found.length === most) return found;
    }
    return found;
  };

  return (text) => {
    const { original, read } = typeof text === 'string' ? readable(text) : text;
    const found = find(read('by case'));
    return found.length === 0 && foreignCapital.test(original) ? find(read('by shape')) : found;
  };
}

/** What can be read from a piece on, by the words that it can be read as. */
type Readings = ReadonlyMap<string, readonly Word[]>;

function readingsOf(words: readonly Word[]): Readings {
  const readings = new Map<string, Word[]>();
  for (const word of words) {
    for (const text of word.readAs) {
      const others = readings.get(text);
      if (others === undefined) readings.set(text, [word]);
      else others.push(word);
    }
  }
  return readings;
}

/** The steps that follow a step with what is read. Many phrases may be begun and many words be read: only the fewer of the two are gone through. */
function* following({ next }: Step, readings: Readings): Generator<[Step, readonly Word[]]> {
  for (const text of (next.size < readings.size ? next : readings).keys()) {
    const reached = next.get(text);
    const words = readings.get(text);
    if (reached !== undefined && words !== undefined) yield [reached, words];
  }
}

function add(first: Step, words: readonly string[], phrase: string): void {
  let step = first;
  for (const word of words) {
    const next = step.next.get(word) ?? { next: new Map() };
    step.next.set(word, next);
    step = next;
  }
  step.phrase ??= phrase;
}

/** The original from one place of the folded text to another, with the accents of the last letter, and whole characters, such as ㈱ for 株. */
function quoted({ original, origins }: Folded, start: number, end: number): Pick<FoundPhrase, 'quote' | 'at'> {
  const at = origins[start] ?? 0;
  let after = end;
  while (after + 1 < origins.length && origins[after] === origins[after - 1]) after += 1;
  return { quote: original.slice(at, origins[after]).trimEnd(), at };
}

/** A capital outside ASCII, which may be there for its shape. */
const foreignCapital = /[\p{Lu}--\p{ASCII}]/v;
