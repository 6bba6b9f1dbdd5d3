import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePhraseFinder } from '#moderation/rules/phrases.ts';

const finds = (phrase: string, text: string) => makePhraseFinder([phrase])(text).length > 0;

describe('a phrase inside a longer word', () => {
  it.each([
    ['cunt', 'Scunthorpe United won.'],
    ['hg', 'The hgv is late.'],
    ['gay', 'Margayle and gays'],
    ['sex', 'Essex, Sussex and Middlesex'],
    ['ass', 'A classic class assassin passed the grass.'],
    ['siva', 'Sivaprasad wrote this.'],
    ['prasad', 'Sivaprasad wrote this.'],
    ['tit', 'The title of a constitution'],
    ['cock', 'Hancock had a cocktail with a peacock.'],
    ['bad', 'bad7 and 7bad and bádly'],
    ['кот', 'котик'],
    ['bad', 'b\u0430ds'],
    ['bad apple', 'bad apples'],
    ['kaal', 'kaaal'],
  ])('is not found: %j in %j', (phrase, text) => {
    expect(makePhraseFinder([phrase])(text)).toEqual([]);
  });

  it('is never found, whatever the phrase and the word around it', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(word, word, word, fc.constantFrom('before', 'after', 'both'), (phrase, left, right, where) => {
        const text = `${where === 'after' ? '' : left}${phrase}${where === 'before' ? '' : right}`;
        fc.pre(text !== phrase);
        expect(finds(phrase, text)).toBe(false);
      }),
    );
  });
});

describe('a phrase as a word of its own', () => {
  it.each([
    ['hg gay', 'what an hg gay thing'],
    ['bad', 'bad'],
    ['bad', 'BAD'],
    ['BAD', 'bad'],
    ['bad', 'bád'],
    ['bád', 'bad'],
    ['cafe', 'cafe\u0301'],
    ['bad', 'ｂａｄ'],
    ['bad', '𝐛𝐚𝐝'],
    ['bad', 'ⓑⓐⓓ'],
    ['bad', 'b\u0430d'],
    ['coco', '\u0441\u043E\u0441\u043E'],
    ['bad', '\u0412\u0410D'],
    ['BAD THING', '\u0412\u0430d \u0422hin\u0261'],
    ['hat', '\u041D\u0391\u03A4'],
    ['pot', 'p\u03BFt'],
    ['strasse', 'Straße'],
    ['smorrebrod', 'Smørrebrød'],
    ['bad', 'b\u200Ba\u200Dd'],
    ['bad', 'b\u00ADad'],
    ['bad', 'b\u3164a\uFE0Fd'],
    ['bad', '"bad".'],
    ['bad', '(bad)'],
    ['bad', "bad's"],
    ['bad', 'so_bad_'],
    ['bad apple', 'bad apple'],
    ['bad apple', 'bad\napple'],
    ['bad apple', 'bad,   apple'],
    ['bad apple', 'bad-apple'],
    ['bad-apple', 'bad apple'],
    ['bad apple', 'BAD… “Apple”'],
    ['  bad  apple ', 'bad apple'],
    ['наи', 'НАИ'],
    ['ναι', 'ΝΑΙ'],
    ['कम', 'यह कम है'],
    ['كلب', 'كَلْب'],
  ])('is found: %j in %j', (phrase, text) => {
    expect(finds(phrase, text)).toBe(true);
  });

  it.each([
    ['कम', 'काम'],
    ['ハケ', 'ハゲ'],
    ['มา', 'ม้า'],
  ])('is not found where a vowel or voice sign makes it another word: %j in %j', (phrase, text) => {
    expect(finds(phrase, text)).toBe(false);
  });

  it('is found between any words, quoted as the text has it, at its offset', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const gap = fc.constantFrom(' ', '\n', ', ', ' 😀 ', '—', '. "', '\u200B ', 'é ');
    const other = word.filter((text) => text !== 'bad');
    fc.assert(
      fc.property(fc.array(fc.tuple(other, gap)), fc.array(fc.tuple(gap, other)), (before, after) => {
        const start = before.flat().join('');
        fc.pre(!/[a-zé]$/.test(start));
        const [first] = makePhraseFinder(['bad'])(`${start}BáD${after.map(([blank, text]) => ` ${blank}${text}`).join('')}`);
        expect(first).toEqual({ phrase: 'bad', quote: 'BáD', at: start.length });
      }),
    );
  });
});

describe('what is told of a phrase', () => {
  it('quotes the original, whatever it was folded to', () => {
    const [found] = makePhraseFinder(['bad apple'])('What a BÁD,\n“αpple”!');
    expect(found).toEqual({ phrase: 'bad apple', quote: 'BÁD,\n“αpple', at: 7 });
  });

  it('counts the offset in the original, also after emoji and ligatures', () => {
    const text = '😀👩\u200D🌾 ﬁne ½ but bad';
    expect(makePhraseFinder(['bad'])(text)).toEqual([{ phrase: 'bad', quote: 'bad', at: text.indexOf('bad') }]);
  });

  it('includes the accents of the last letter', () => {
    expect(makePhraseFinder(['cafe'])('a cafe\u0301 there')[0]?.quote).toBe('cafe\u0301');
  });

  it('names several phrases, and one that lies within another', () => {
    const found = makePhraseFinder(['bad', 'bad apple', 'worm'])('A worm in a bad apple.');
    expect(found.map(({ phrase }) => phrase).sort()).toEqual(['bad', 'bad apple', 'worm']);
  });

  it('tells of five findings at most', () => {
    expect(makePhraseFinder(['bad'])('bad '.repeat(50))).toHaveLength(5);
  });
});

describe('preparing phrases', () => {
  it('passes over phrases that say nothing', () => {
    const find = makePhraseFinder(['', ' ', '!!!', '\u200B']);
    expect(find('a text with !!! and blanks')).toEqual([]);
  });

  it('takes thousands of phrases and still looks at a text once', () => {
    const phrases = Array.from({ length: 5_000 }, (_, n) => `phrase number ${n}`);
    const find = makePhraseFinder(phrases);
    const text = 'phrase number x '.repeat(300);
    const started = performance.now();
    expect(find(text)).toEqual([]);
    expect(find(`${text} phrase number 4999`)).toMatchObject([{ phrase: 'phrase number 4999' }]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
