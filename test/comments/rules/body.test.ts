import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanBody, isVisible, lengthOf, sameText } from '#comments/rules/body.ts';

const anyText = fc.string({ unit: 'binary' });

describe('cleaning a text', () => {
  it('writes letters in their composed form (NFC)', () => {
    expect(cleanBody('Cafe\u0301')).toBe('Café');
  });

  it('composes what a removed control character kept apart', () => {
    expect(cleanBody('e\u0000\u0301')).toBe('é');
  });

  it('removes control characters, but keeps tabs and line ends', () => {
    expect(cleanBody('a\u0000b\u0007c\u001Bd\u007Fe\u009Ff\tg\nh')).toBe('abcdef\tg\nh');
  });

  it.each(['\r\n', '\r', '\u2028', '\u2029'])('writes the line end %j as \\n', (end) => {
    expect(cleanBody(`one${end}two`)).toBe('one\ntwo');
  });

  it('trims blanks of any kind at both ends, and none within', () => {
    expect(cleanBody(' \n\u00A0\u3000 one  two \u2003\t')).toBe('one  two');
  });

  it('keeps joiners, because scripts and emoji need them', () => {
    expect(cleanBody('👩\u200D🌾 می\u200Cخواهم')).toBe('👩\u200D🌾 می\u200Cخواهم');
  });

  it('is finished after once: cleaning again changes nothing, and the result is NFC', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = cleanBody(text);
        expect(cleanBody(cleaned)).toBe(cleaned);
        expect(cleaned.normalize('NFC')).toBe(cleaned);
        expect(cleaned).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
    );
  });
});

describe('the length of a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['😀', 1],
    ['😀😀é', 3],
    ['𝒳', 1],
  ])('counts code points: %j has %i', (text, expected) => {
    expect(lengthOf(text)).toBe(expected);
  });
});

describe('visibility', () => {
  it.each(['a', '7', '.', '😀', '中', '👍🏽', '→', '\u3164a'])('sees %j', (text) => {
    expect(isVisible(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \u00A0\u2003\u3000'],
    ['zero-width blanks and joiners', '\u200B\u200C\u200D\u2060\uFEFF'],
    ['bidirectional marks', '\u200E\u200F\u202E\u2066'],
    ['soft hyphens', '\u00AD\u00AD'],
    ['the Hangul filler', '\u3164'],
    ['Hangul jamo fillers', '\u115F\u1160\uFFA0'],
    ['the empty Braille pattern', '\u2800'],
    ['variation selectors', '\uFE0F\uFE0E'],
    ['accents without a letter', '\u0301\u0308'],
    ['the grapheme joiner', '\u034F'],
    ['tag characters', '\u{E0041}'],
  ])('sees nothing in %s', (_what, text) => {
    expect(isVisible(text)).toBe(false);
  });
});

describe('the same text', () => {
  it('is the same whatever its case, width and spacing', () => {
    expect(sameText('ＢＵＹ   my\n\nBook')).toBe(sameText('buy my book'));
  });

  it('is the same with characters that nobody sees', () => {
    expect(sameText('b\u200buy my\u00ad book \u2060')).toBe(sameText('buy my book'));
  });

  it('is another one when a word differs', () => {
    expect(sameText('buy my book')).not.toBe(sameText('buy my books'));
  });
});
