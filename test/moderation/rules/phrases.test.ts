import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderComment } from '#comments/markdown.ts';
import { fold } from '#moderation/rules/folding.ts';
import { makePhraseFinder } from '#moderation/rules/phrases.ts';
import { policySchema } from '#moderation/rules/policy.ts';
import { readyPolicy, screen } from '#moderation/rules/screen.ts';
import { lettersOf, mayHold } from '#moderation/rules/unspaced.ts';
import { readWords } from '#moderation/rules/words.ts';
import { sharedData } from '../../support/shared-data.ts';

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
    ['penis', 'Penistone is in Yorkshire.'],
    ['ass', 'cl@ss'],
    ['ass', 'a c l a s s'],
    ['via', 'v i a g r a'],
    ['via', 'v.i.a.g.r.a'],
    ['cock', 'c.o.c.k.tail'],
    ['cock', 'pea-c-o-c-k'],
    ['ass', 'b a s s'],
    ['hit', 'sh1t'],
    ['комп', 'мій комп\u02BCютер'],
    ['12', '\u33EB'],
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

describe('a phrase in a script that puts no blanks between words', () => {
  it.each([
    ['傻瓜', '你是个傻瓜吗？'],
    ['傻瓜', '傻瓜'],
    ['王八蛋', '这个王八蛋真讨厌'],
    ['加微信', '想赚钱就加微信abc123吧'],
    ['abc123', '想赚钱就加微信abc123吧'],
    ['法轮功', '他们说法轮功的事'],
    ['av女优', '他只看ＡＶ女优的片'],
    ['女優', '日本の女優です'],
    ['バカ', 'バカじゃないの'],
    ['バカ', 'ﾊﾞｶじゃないの'],
    ['死ね', 'お前なんか死ね！'],
    ['โง่', 'คุณมันโง่มาก'],
    ['โง่มาก', 'คุณมันโง่มาก'],
    ['น้ำ', 'ดื่มน้ำเย็น'],
    ['ស្រឡាញ់', 'ខ្ញុំស្រឡាញ់អ្នក'],
    ['傻瓜', '你是个傻\u200B瓜吗'],
    ['傻瓜', '你是个傻*瓜吗'],
    ['傻瓜', '你是个傻.瓜吗'],
    ['加 微信', '快加微信'],
    ['加 微信', '快加一个吧，加……微信'],
    ['viagra', '看vi*agra吧'],
    ['viagra', '看v i a g r a吧'],
    ['viagra', '看vi\u200Bagra吧'],
    ['傻B', '你这个傻B真讨厌'],
    ['3P女', '他找3P女呢'],
    ['傻@瓜', '你是个傻@瓜吗'],
    ['𠮷野家', '他去𠮷野家了'],
    ['コーヒー', 'このｺｰﾋｰはまずい'],
  ])('is found among other words: %j in %j', (phrase, text) => {
    expect(finds(phrase, text)).toBe(true);
  });

  it.each([
    ['性', '他的性格很好'],
    ['女', '女人都很忙'],
    ['天', '北京天安门'],
    ['バカ', 'バカンスに行く'],
    ['สี', 'ภาษีแพงมาก'],
    ['傻瓜', '你真傻。瓜很好吃'],
    ['傻瓜', '你真傻 瓜很好吃'],
    ['bc12', '加微信abc123'],
    ['cock', '看cock\u200Btail吧'],
    ['傻B', '他真傻。B站上都说'],
    ['傻', '傻瓜'],
  ])('is not found inside a longer one, or across the end of a sentence: %j in %j', (phrase, text) => {
    expect(finds(phrase, text)).toBe(false);
  });

  it('is quoted as the text has it, at its offset, all findings in a row', () => {
    const text = '😀ﾊﾞｶじゃないの、傻瓜。';
    expect(makePhraseFinder(['バカ', '傻瓜'])(text)).toEqual([
      { phrase: 'バカ', quote: 'ﾊﾞｶ', at: 2 },
      { phrase: '傻瓜', quote: '傻瓜', at: text.indexOf('傻') },
    ]);
  });

  it('is found between any words that a dictionary has', () => {
    const word = fc.constantFrom(
      '我们',
      '性格',
      '北京',
      '天安门',
      '这个',
      '经济',
      'バカンス',
      'お前',
      'abc',
      '3',
      '。',
      '、',
      ' ',
      '「',
      '」',
    );
    const phrase = '王八蛋';
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.array(word, { maxLength: 6 }), (before, after) => {
        const found = makePhraseFinder([phrase])(`${before.join('')}${phrase}${after.join('')}`);
        expect(found).toEqual([{ phrase, quote: phrase, at: before.join('').length }]);
      }),
    );
  });

  it('changes nothing of how words of other scripts are read beside it', () => {
    const found = (text: string) => makePhraseFinder(['cock', 'viagra', '傻瓜'])(text).map(({ phrase }) => phrase);
    expect(found('看cock\u200Btail吧，傻瓜')).toEqual(['傻瓜']);
    expect(found('看vi\u200Bagra吧，傻瓜')).toEqual(['viagra', '傻瓜']);
  });

  it('is the only reason to ask a dictionary', () => {
    const words = lettersOf(['傻瓜', 'av女优', 'viagra']);
    expect(mayHold('你真傻。瓜很好吃', words)).toBe(true);
    expect(mayHold('看AV女优吗'.toLowerCase(), words)).toBe(true);
    expect(mayHold('你很聪明，买viagra', words)).toBe(false);
    expect(mayHold('buy viagra', words)).toBe(false);
  });
});

describe('what is told of a phrase', () => {
  it('quotes the original, whatever it was folded to', () => {
    const [found] = makePhraseFinder(['bad apple'])('What a BÁD,\n“αpple”!');
    expect(found).toEqual({ phrase: 'bad apple', quote: 'BÁD,\n“αpple', at: 7 });
  });

  it('quotes whole characters of the original, also where one is folded to several', () => {
    expect(makePhraseFinder(['株'])('東京㈱です')).toEqual([{ phrase: '株', quote: '㈱', at: 2 }]);
    expect(makePhraseFinder(['株'])('東京、㈱')).toEqual([{ phrase: '株', quote: '㈱', at: 3 }]);
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

  it('takes thousands of phrases', () => {
    const find = makePhraseFinder(Array.from({ length: 5_000 }, (_, n) => `phrase number ${n}`));
    expect(find('phrase number x '.repeat(300))).toEqual([]);
    expect(find(`${'phrase number x '.repeat(300)} phrase number 4999`)).toMatchObject([{ phrase: 'phrase number 4999' }]);
  });

  it('takes the same phrase twice for one', () => {
    expect(makePhraseFinder(['bad', 'BAD'])('bad')).toEqual([{ phrase: 'bad', quote: 'bad', at: 0 }]);
  });
});

describe('a disguised word', () => {
  it.each([
    ['viagra', 'v.i.a.g.r.a'],
    ['viagra', 'v i a g r a'],
    ['viagra', 'v-i-a-g-r-a'],
    ['viagra', 'v\ni\na\ng\nr\na'],
    ['viagra', 'v i.a - g*r / a'],
    ['viagra', 'v\u200Bi\u200Da\uFEFFgra'],
    ['viagra', 'vi\u00ADag\u00ADra'],
    ['viagra', 'vi*agra'],
    ['viagra', 'vi_agra'],
    ['viagra', 'vi-agra'],
    ['viagra', 'vi.agra'],
    ['viagra', 'v!i!a!g!r!a'],
    ['viagra', 'v1agra'],
    ['viagra', 'vi@gra'],
    ['viagra', 'V\u0301 1 @ \uFF27 r 4'],
    ['shit', '$hit'],
    ['shit', 'sh1t'],
    ['shit', 'sh!t'],
    ['shit', '5h1t!'],
    ['shit', '$ h ! t'],
    ['pr0n', 'pr0n'],
    ['pron', 'pr0n'],
    ['ass', 'a$$'],
    ['viagra', 'v i a g r a 1,001 times'],
    ['viagra', 'costs 4.20 v i a g r a'],
    ['classic', 'cla$51c'],
    ['ass', '@$$!'],
    ['ass', 'a.s.s'],
    ['asshole', 'a55hole'],
    ['violence', 'v1o1ence'],
    ['b!tch', 'b!tch'],
    ['fuck', 'f-u-c-k'],
    ['fuck', 'Fu.ck'],
    ['motherfucker', 'mother-fucker'],
    ['bad apple', 'b.a.d @pp1e'],
    ['bad apple', 'b a d  a p p l e'],
    ['bad apple', 'b a d a p p l e'],
    ['bad apple', 'b-a-d-a-p-p-l-e'],
    ['shit', 'such a s h i t show'],
    ['shit', 'I s h i t you not'],
    ['viagra', 'buy 5 v i a g r a'],
    ['ass', 'I am a s s'],
    ['ass', "He's a s s."],
    ['viagra', 'Cool! v i a g r a!'],
    ['viagra', "'v.i.a.g.r.a'"],
  ])('is found: %j in %j', (phrase, text) => {
    expect(finds(phrase, text)).toBe(true);
  });

  it.each([
    ['penis', 'The pen is mightier'],
    ['penis', 'I lost my pen.Is it yours?'],
    ['penis', 'pen/is, pen—is, pen, is, pen…is'],
    ['ass', 'as sat, as  sat'],
    ['heshe', 'he/she'],
    ['hell', "he'll"],
    ['ill', 'I’ll'],
    ['ass', 'as-is'],
    ['eg', 'e.g.'],
    ['bj', 'B.J. and B. J.'],
    ['us', 'U.S.A.'],
    ['iooi', '1001'],
    ['sioo', '$100'],
    ['eal', '3 a 1'],
    ['ass', '455'],
    ['ass', 'the A55 to Chester'],
    ['ass', 'A$5'],
    ['sex', '$3x'],
    ['sam', 'at 5am'],
    ['axa', '4x4'],
    ['247', '24/7'],
    ['911', '9-11'],
    ['1488', 'it cost 14.88'],
    ['88', 'it cost 14.88'],
    ['69', '£1.69'],
    ['30', 'at 10:30'],
    ['deli', 'To Del!'],
    ['ali', 'all'],
    ['all', 'ali'],
    ['455', 'ass'],
    ['the rapist', 'therapist'],
    ['bad apple', 'badapple'],
  ])('is not seen where there is none: %j in %j', (phrase, text) => {
    expect(makePhraseFinder([phrase])(text)).toEqual([]);
  });

  it('is quoted as it was written, at its place', () => {
    const start = '\u{1D400}e\u0301\u0302 \u{1F469}\u200D\u{1F33E} ';
    for (const written of ['v\u0301.1.@ g-\u{1D42B}.a\u0302', '$h\u200B!t', 'vi*agra', 'B A D\nApp1e']) {
      const [found] = makePhraseFinder(['viagra', 'shit', 'bad apple'])(`${start}${written}! No.`);
      expect(found).toMatchObject({ quote: written, at: start.length });
    }
  });
});

describe('any disguise of any phrase', () => {
  /** Ways to write a letter so that it still reads as that letter, and signs that may be letters only between others. */
  const alike: Record<string, string[]> = {
    a: ['\u0430', '@', 'á'],
    e: ['\u0435', 'ｅ'],
    o: ['\u03BF', 'ö'],
    s: ['$', 'Ｓ'],
    i: ['\u0456'],
    c: ['\u0441'],
  };
  const inside: Record<string, string[]> = {
    a: ['4'],
    e: ['3', '€'],
    g: ['9', '6'],
    i: ['1', '!'],
    l: ['1', '!'],
    o: ['0'],
    s: ['5'],
    t: ['7'],
    b: ['8'],
  };
  const unseen = ['\u200B', '\u00AD', '\u2060', '\uFE0F'];

  const letter = (plain: string, isInside: boolean) =>
    fc.constantFrom(plain, plain.toUpperCase(), `${plain}\u0301`, ...(alike[plain] ?? []), ...(isInside ? (inside[plain] ?? []) : []));

  /** What is put between letters: nothing seen; something everywhere; or one sign in one place. */
  const gapsOf = (count: number) =>
    fc.oneof(
      fc.array(fc.constantFrom('', '', ...unseen), { minLength: count, maxLength: count }),
      fc.array(fc.constantFrom('.', '-', '*', '_', '/', '~', ',', '. ', ' ', ' -', '\n'), { minLength: count, maxLength: count }),
      fc
        .tuple(fc.nat(count - 1), fc.constantFrom('*', '_', '-', '.', '~', '#', '**', '|'))
        .map(([at, sign]) => Array.from({ length: count }, (_, n) => (n === at ? sign : ''))),
    );

  const disguise = (word: string) =>
    fc
      .tuple(fc.tuple(...[...word].map((plain, n) => letter(plain, n > 0 && n < word.length - 1))), gapsOf(word.length - 1))
      .map(([letters, between]) => letters.map((written, n) => written + (between[n] ?? '')).join(''))
      // A point before a capital ends a sentence, so that it is no disguise; the plain word has neither.
      .map((text) => (/\.\p{Lu}/u.test(text) ? text.toLowerCase() : text))
      // Before a digit, these are money.
      .filter((text) => !/[$€][\p{Cf}\p{DI}]*\d/u.test(text));

  const phrase = fc.array(fc.stringMatching(/^[b-z][a-z]{2,8}$/), { minLength: 1, maxLength: 3 });
  const around = fc.array(
    fc.tuple(
      fc.constantFrom('the', 'Scunthorpe', '1001', '$100', 'çà', 'Это', '我们', '24/7', "he'll", '\u{1D400}\u{1D401}', 'as-is'),
      fc.constantFrom(' ', '\n', ', ', '! ', ' (', ': “', ' \u{1F600} ', '… ', ' — '),
    ),
    { maxLength: 5 },
  );

  it('is found in any innocent text, and quoted as it was written', () => {
    const disguised = phrase.chain((words) => fc.tuple(fc.constant(words.join(' ')), fc.tuple(...words.map(disguise)), around, around));
    fc.assert(
      fc.property(disguised, ([plain, written, before, after]) => {
        const start = before.flat().join('');
        const quote = written.join('  ');
        const text = `${start}${quote}${after.map(([word, between]) => `${between}${word}`).join('')}`;
        expect(makePhraseFinder([plain])(text)).toContainEqual({ phrase: plain, quote, at: start.length });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('innocent texts', () => {
  const word = fc.oneof(
    // Single letters in a row are a word written letter by letter, so none follows another here.
    fc.stringMatching(/^[a-z]{2,6}$/),
    fc.constantFrom(
      'a pen',
      'I am',
      '1001',
      '$100',
      '24/7',
      'for 3 a 1 now',
      '9:30',
      '5am',
      'A55',
      '3rd',
      "he'll",
      'U.S. law',
      'e.g. this',
      'is',
      'as',
      'sat',
    ),
  );
  const between = fc.constantFrom(
    ' ',
    '  ',
    '\n',
    ', ',
    ',',
    '/',
    '. ',
    '! ',
    '? ',
    ' - ',
    '—',
    '…',
    ' (',
    ') ',
    ' \u{1F600}',
    ' & ',
    ' @ ',
    ': ',
  );

  it('have no phrase that is none of their words, however their letters fall', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, between), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.integer({ min: 2, max: 9 }),
        (parts, at, length) => {
          const text = parts.flat().join('');
          const letters = fold(text).text.replaceAll(/[^a-z0-9]/g, '');
          const start = at % letters.length;
          const phrase = letters.slice(start, start + length);
          fc.pre(
            !text
              .toLowerCase()
              .split(/[^a-z0-9]+/)
              .includes(phrase),
          );
          expect(makePhraseFinder([phrase])(text)).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('of the sample page have none of 5,000 phrases, which are found when they are there', async () => {
    const { comments } = JSON.parse(await readFile(sharedData('ceasefire-article.json'), 'utf8'));
    const stems = ['blort', 'crunz', 'dreck', 'fnord', 'glarb', 'hronk', 'skunz', 'vlash', 'wibbl', 'zorgl'];
    const endings = ['er', 'ing', 'head', 'face', 'hole', 'ster', 'wit', 'bag', 'nugget', 'monger'];
    const suspects = stems.flatMap((stem) =>
      endings.flatMap((ending) => Array.from({ length: 50 }, (_, n) => `${stem}${ending}${n === 0 ? '' : ` ${stems[n % 10]} ${n}`}`)),
    );
    const policy = policySchema.parse({ bannedPhrases: suspects.slice(0, 2_500), suspectPhrases: suspects.slice(2_500) });
    const ready = readyPolicy(policy, 1);
    const firedFor = (body: string) =>
      screen({ body, html: renderComment(body), mode: 'screened', repeats: undefined }, ready, new Date(0)).rules;
    expect(suspects).toHaveLength(5_000);
    expect(comments).toHaveLength(18);
    for (const { body } of comments) {
      expect(firedFor(body)).toEqual([]);
      expect(firedFor(`${body} Bl0rt-er.`)).toMatchObject([{ rule: 'bannedPhrases' }]);
    }
  });
});

describe('reading a text', () => {
  /** How many words are looked up in a text, and how long they are together. */
  const work = (text: string) => {
    let sum = 0;
    const lookUp = (word: string) => {
      sum += 1 + word.length;
      return [word];
    };
    const unspaced = lettersOf(['傻傻傻', '傻瓜a傻瓜']);
    return readWords(fold(text), { longest: Number.POSITIVE_INFINITY, lookUp, unspaced }).flat().length + sum;
  };

  it.each([
    ['combining marks', '\u0301'],
    ['vowel signs', '\u093F'],
    ['letters with points', '.a'],
    ['letters with blanks', 'a '],
    ['letters with ever more between them', 'a.b c*d-e  f!'],
    ['ones', '1'],
    ['ones with points', '1.'],
    ['numbers with points', '11.'],
    ['signs that may be letters', '$@'],
    ['exclamation marks', '!'],
    ['signs between letters', 'a!'],
    ['apostrophes', "a'"],
    ['signs that join', '*'],
    ['families of emoji', '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}'],
    ['half characters', '\uD83D'],
    ['characters without blanks', '傻'],
    ['words without blanks', '傻瓜a'],
    ['characters with points', '傻.'],
    ['one character that is eighteen', '\uFDFA'],
  ])('is as much work for each character of a long one as of a short one: %s', (_, part) => {
    const [short, long] = [500, 20_000].map((length) => part.repeat(length).slice(0, length));
    const perCharacter = [short, long].map((text = '') => work(text) / fold(text).origins.length);
    expect(perCharacter[1]).toBeLessThan(10);
    expect(perCharacter[1]).toBeLessThanOrEqual((perCharacter[0] ?? 0) * 1.1);
  });

  it('is work in proportion to its length, whatever it is', () => {
    const part = fc.constantFrom('a', 'i', '1', ' ', '.', '*', '-', '!', '$', "'", 'bad', '\n', '\u0301', '\u{1F600}');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 400 }), (parts) => {
        const text = parts.join('');
        expect(work(text)).toBeLessThanOrEqual(24 * fold(text).origins.length);
      }),
    );
  });

  it('begins with a phrase once for each word, however often it repeats itself', () => {
    const phrase = Array.from({ length: 100 }, () => 'a').join(' ');
    const find = makePhraseFinder([phrase, `${phrase} b`]);
    expect(find('a '.repeat(99))).toEqual([]);
    expect(find('a '.repeat(2_500))).toHaveLength(5);
  });
});
