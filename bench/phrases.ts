import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makePhraseFinder, type PhraseFinder } from '#moderation/rules/phrases.ts';
import type { Figure } from './figure.ts';

const rounds = 60;
const characters = 5_000;

/** Looking for 5,000 phrases in comments of 5,000 characters, beside reading the same text once with what the language has. */
export async function measurePhrases(): Promise<Figure[]> {
  const list = phraseList(5_000);
  const japanese = japanesePhrases(5_000);
  return [...looking(list, comments(list)), ...looking(japanese, japaneseComments(japanese)), ...preparing(list)];
}

function looking(list: readonly string[], texts: Record<string, string>): Figure[] {
  const find = makePhraseFinder(list);
  const reference = 'NFKD and lower case of the same text';
  return Object.entries(texts).map(([name, text]): Figure => {
    const { measured, beside } = interleaved(
      () => find(text),
      () => text.normalize('NFKD').toLowerCase(),
    );
    return {
      name: `5,000 phrases, 5,000 characters: ${name}`,
      unit: 'ms',
      ...measured,
      reference: { name: reference, median: beside },
      budget: 2,
    };
  });
}

/** What making the finder costs, which a warm function does once for each version of the policy. */
function preparing(list: readonly string[]): Figure[] {
  const { measured, beside } = interleaved(
    () => makePhraseFinder(list),
    () => new Set(list),
    10,
  );
  const reference = { name: 'a Set of the same phrases', median: beside };
  return [
    { name: 'preparing 5,000 phrases', unit: 'ms', ...measured, reference },
    {
      name: 'memory that 5,000 prepared phrases keep',
      unit: 'bytes',
      ...spread([1, 2, 3].map(() => memoryOf(() => makePhraseFinder(list)))),
    },
  ];
}

/** Times two things in turn, so that what else the machine does falls on both alike. Milliseconds. */
function interleaved(run: () => unknown, reference: () => unknown, times = rounds) {
  const timed = (what: () => unknown) => {
    const started = performance.now();
    what();
    return performance.now() - started;
  };
  const samples = Array.from({ length: times * 2 }, () => [timed(run), timed(reference)] as const).slice(times);
  return { measured: spread(samples.map(([own]) => own)), beside: spread(samples.map(([, other]) => other)).median };
}

function spread(samples: readonly number[]): Pick<Figure, 'median' | 'minimum' | 'maximum'> {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), minimum: at(0), maximum: at(1) };
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function memoryOf(make: () => PhraseFinder): number {
  const used = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const kept = make();
  const after = used();
  return after - before + kept('').length;
}

/** Phrases as newsrooms keep them: most are words, a third are two or three. None is an ordinary word. The same every time. */
function phraseList(count: number): string[] {
  const next = numbers(7);
  const pick = (from: readonly string[]) => from[next(from.length)] ?? '';
  const word = () => Array.from({ length: 2 + next(2) }, () => pick(onsets) + pick(vowels)).join('') + pick(codas);
  const found = new Set<string>();
  while (found.size < count) found.add(Array.from({ length: [1, 1, 1, 1, 2, 2, 3][next(7)] ?? 1 }, word).join(' '));
  return [...found];
}

const onsets = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'f',
  'fl',
  'g',
  'h',
  'j',
  'k',
  'l',
  'm',
  'n',
  'p',
  'pr',
  'r',
  's',
  'sh',
  'sl',
  't',
  'tr',
  'v',
  'w',
  'z',
];
const vowels = ['a', 'e', 'i', 'o', 'u', 'oo', 'ee'];
const codas = ['b', 'ck', 'd', 'gg', 'll', 'm', 'n', 'p', 'r', 'sh', 't', 'x'];

/** Comments of 5,000 characters. All but the disguised one are innocent, so every one is read to its end. */
function comments(list: readonly string[]): Record<string, string> {
  const english =
    'The ceasefire that he proposed is no offer at all, and everybody who has followed this since 2014 knows it. ' +
    "I don't think that the G7 (or anyone else) can take $100 of it seriously; as-is, it asks Kyiv to give up four regions. ";
  const accented =
    'Où étaient-ils, les députés, à l’heure où l’Assemblée a voté ? Très déçu : on nous a répété que « ça n’arrivera plus ». ';
  const russian = 'Это предложение нельзя назвать переговорами, и все, кто следит за событиями с 2014 года, это понимают. Согласны? ';
  const disguised = (seed: number) => {
    const next = numbers(seed);
    const signs = ['.', '-', '*', ' ', '\u200B', '_'];
    const letters: Record<string, string> = { a: '@', e: '3', i: '1', o: '0', s: '$' };
    // A letter more at the end of each makes it a word that is no phrase.
    return () => [...`${list[next(list.length)] ?? ''}q`].map((letter) => letters[letter] ?? letter).join(signs[next(signs.length)]);
  };
  return {
    'plain English': fill(() => english),
    accented: fill(() => accented),
    'Cyrillic, with capitals': fill(() => russian),
    Japanese: fill(() => japanese),
    'every word disguised': fill(disguised(11), '  '),
    'one letter after another': fill(() => 'a', '.'),
    'combining marks': fill(() => '\u0301'),
    'families of emoji': fill(() => '👩‍👩‍👧‍👦'),
    'digits alone': fill(() => '1'),
  };
}

const japanese = '停戦の提案は、四つの地域からの撤退を条件としている。これを交渉と呼べるだろうか。私はそう思わない。';

/** Phrases of three to six of the letters of {@link japanese}, so that many of them begin somewhere in it, and none is there. */
function japanesePhrases(count: number): string[] {
  const letters = [...new Set(japanese.replaceAll(/[、。]/g, ''))];
  const next = numbers(5);
  const phrases = new Set<string>();
  while (phrases.size < count) {
    const phrase = Array.from({ length: 3 + next(4) }, () => letters[next(letters.length)]).join('');
    if (!japanese.includes(phrase)) phrases.add(phrase);
  }
  return [...phrases];
}

/** The second has to be cut into words, because a phrase may be in it. */
const japaneseComments = ([phrase = '']: readonly string[]): Record<string, string> => ({
  'Japanese, as the phrases are': fill(() => japanese),
  'the same with one of them': `${fill(() => japanese).slice(phrase.length + 1)}。${phrase}`,
});

const fill = (next: () => string, between = '') => {
  let text = '';
  while (text.length < characters) text += next() + between;
  return text.slice(0, characters);
};

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
