import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderComment } from '#comments/markdown.ts';
import { capitalsRule } from '#moderation/rules/capitals.ts';
import { defaultPolicy, type Policy, policySchema } from '#moderation/rules/policy.ts';
import { fewestRejected } from '#moderation/rules/record.ts';
import { readyPolicy, type Subject, screen } from '#moderation/rules/screen.ts';

const now = new Date('2026-11-23T09:30:00.000Z');
const other = '01a2087d-055f-761f-a4ff-8ff03da283de';

/** Screens a text under a policy; whatever is not named is harmless. */
function verdictOf(body: string, policy: unknown = {}, facts: Partial<Subject> = {}) {
  const subject: Subject = { body, html: renderComment(body), mode: 'screened', repeats: undefined, ...facts };
  return screen(subject, readyPolicy(policySchema.parse(policy), 7), now);
}

/** Comments of the author an hour ago, approved and rejected. */
const posted = (approved: number, rejected = 0) => [
  ...Array.from({ length: approved }, () => ({ status: 'approved' as const, createdAt: '2026-11-23T08:30:00.000Z' })),
  ...Array.from({ length: rejected }, () => ({ status: 'rejected' as const, createdAt: '2026-11-23T08:30:00.000Z' })),
];

const links = (count: number) => Array.from({ length: count }, (_, n) => `https://example.org/${n}`).join(' ');

describe('a verdict', () => {
  it('approves an ordinary comment and names no rule', () => {
    expect(verdictOf('A fair point, well made.')).toEqual({ outcome: 'approved', policyVersion: 7, at: now.toISOString(), rules: [] });
  });

  it('names every rule that fires, and the strictest action decides', () => {
    const policy = {
      bannedPhrases: ['rotten'],
      suspectPhrases: ['smelly'],
      links: { max: 0, action: 'spam' },
      capitals: { share: 0.1, minLetters: 1, action: 'hold' },
      newcomers: { comments: 10, action: 'hold' },
    };
    const repeats = { commentId: other, minutesAgo: 5 };
    const verdict = verdictOf(`ROTTEN and SMELLY, see ${links(1)}`, policy, { repeats, mode: 'moderated' });
    expect(verdict.outcome).toBe('spam');
    expect(verdict.rules.map(({ rule, action }) => [rule, action])).toEqual([
      ['bannedPhrases', 'reject'],
      ['suspectPhrases', 'hold'],
      ['links', 'spam'],
      ['capitals', 'hold'],
      ['repeat', 'reject'],
      ['newcomers', 'hold'],
      ['mode', 'hold'],
    ]);
    expect(verdict.rules.every(({ evidence }) => evidence.length > 0)).toBe(true);
  });

  it.each([
    ['hold', 'held'],
    ['reject', 'rejected'],
    ['spam', 'spam'],
  ] as const)('of a rule that asks to %s is %s', (action, outcome) => {
    expect(verdictOf(links(3), { links: { action } }).outcome).toBe(outcome);
  });
});

describe('phrases', () => {
  it('reject when banned and hold when suspect, quoting the text and its place', () => {
    const policy = { bannedPhrases: ['rotten apple'], suspectPhrases: ['worm'] };
    expect(verdictOf('Such a Rotten Apple', policy)).toMatchObject({
      outcome: 'rejected',
      rules: [{ rule: 'bannedPhrases', action: 'reject', evidence: '“Rotten Apple” at character 7 matches “rotten apple”' }],
    });
    expect(verdictOf('a worm', policy)).toMatchObject({
      outcome: 'held',
      rules: [{ rule: 'suspectPhrases', action: 'hold', evidence: '“worm” at character 2' }],
    });
  });

  it('are quoted in short, however much that cannot be seen lies between their letters', () => {
    const body = `b${'\u200B'.repeat(4_000)}ad`;
    const [rule] = verdictOf(body, { bannedPhrases: ['bad'] }).rules;
    expect(rule?.evidence).toMatch(/^“b\u200B+…” at character 0 matches “bad”$/);
    expect(rule?.evidence.length).toBeLessThan(300);
  });

  it.each(['b**a**d', 'b~~ad~~', 'b`a`d', 'b&#97;d', 'b[a](https://example.org)d', '**b**a**d**'])(
    'are seen as readers see them: %s',
    (body) => {
      const verdict = verdictOf(`so ${body} indeed`, { bannedPhrases: ['bad'] });
      expect(verdict.outcome).toBe('rejected');
      expect(verdict.rules[0]?.evidence).toContain('“bad”');
    },
  );

  it('are found in disguise, in what was written first', () => {
    expect(verdictOf('👩‍🌾 Buy V*1*@gra now', { bannedPhrases: ['viagra'] }).rules).toMatchObject([
      { evidence: '“V*1*@gra” at character 10 matches “viagra”' },
    ]);
    expect(verdictOf('Buy vi[ag](https://example.org)ra', { bannedPhrases: ['viagra'] }).rules[0]?.evidence).toBe(
      '“viagra” at character 4 as shown',
    );
  });

  it.each(['as\nsist', '> as\n\nsist', '- as\n- sist', '**as** sist'])('are not made of what readers see apart: %j', (body) => {
    expect(verdictOf(body, { bannedPhrases: ['assist'] }).rules).toEqual([]);
  });
});

describe('links', () => {
  it('are allowed up to the number of the policy', () => {
    expect(verdictOf(links(2)).rules).toEqual([]);
    expect(verdictOf(links(3))).toMatchObject({ outcome: 'held', rules: [{ rule: 'links', action: 'hold' }] });
  });

  it('count however they are written, and only where a reader could follow them', () => {
    const policy = { links: { max: 0 } };
    expect(verdictOf('[here](https://example.org/)', policy).outcome).toBe('held');
    expect(verdictOf('<https://example.org/>', policy).outcome).toBe('held');
    expect(verdictOf('`https://example.org/` and [x](javascript:alert(1))', policy).rules).toEqual([]);
  });

  it('are named as they were written', () => {
    const [rule] = verdictOf('https://example.org/?a=1&b=2', { links: { max: 0 } }).rules;
    expect(rule?.evidence).toBe('1 links: https://example.org/?a=1&b=2');
  });

  it('are quoted up to a bound', () => {
    const [rule] = verdictOf(links(40)).rules;
    expect(rule?.evidence).toMatch(/^40 links: https:\/\/example\.org\/0 .* …$/);
  });
});

describe('capitals', () => {
  it('fire from the share of the policy on', () => {
    expect(verdictOf('WHY DOES NOBODY EVER LISTEN')).toMatchObject({
      outcome: 'held',
      rules: [{ rule: 'capitals', evidence: '23 of 23 letters are capitals' }],
    });
    expect(verdictOf('Why does NOBODY ever listen to me').rules).toEqual([]);
  });

  it('never fire in short texts or scripts without case', () => {
    expect(verdictOf('NASA AND ESA').rules).toEqual([]);
    expect(verdictOf('これは大文字のない文章ですから問題ありません。これは大文字のない文章です').rules).toEqual([]);
  });
});

describe('the share of capitals', () => {
  it('is that of all letters with a case, whatever is counted first', () => {
    const letters = fc.string({ unit: fc.constantFrom('A', 'b', 'Ä', 'ß', '1', ' ', '𐐀', '字'), maxLength: 40 });
    const share = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(letters, share, fc.integer({ min: 1, max: 30 }), (body, share, minLetters) => {
        const all = [...body];
        const capitals = all.filter((letter) => /\p{Lu}/u.test(letter)).length;
        const cased = all.filter((letter) => /\p{Lu}|\p{Ll}/u.test(letter)).length;
        const fires = cased >= minLetters && capitals / cased >= share;
        expect(capitalsRule(body, { share, minLetters, action: 'hold' }) !== undefined).toBe(fires);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('repetition', () => {
  it('is rejected within the minutes of the policy and names what it repeats', () => {
    const verdict = verdictOf('again', {}, { repeats: { commentId: other, minutesAgo: 59.9 } });
    expect(verdict).toMatchObject({
      outcome: 'rejected',
      rules: [{ rule: 'repeat', evidence: `says the same as ${other}, 59 minutes before` }],
    });
  });

  it('is fine afterwards, and always when the policy asks for no minutes', () => {
    expect(verdictOf('again', {}, { repeats: { commentId: other, minutesAgo: 60 } }).rules).toEqual([]);
    expect(verdictOf('again', { repeat: { minutes: 0 } }, { repeats: { commentId: other, minutesAgo: 0 } }).rules).toEqual([]);
  });
});

describe('newcomers', () => {
  it('wait until enough of their comments are approved', () => {
    const policy = { newcomers: { comments: 2 } };
    expect(verdictOf('hello', policy, { earlier: posted(1) })).toMatchObject({ outcome: 'held', rules: [{ rule: 'newcomers' }] });
    expect(verdictOf('hello', policy, { earlier: posted(2) }).outcome).toBe('approved');
  });

  it('are welcome by default', () => {
    expect(verdictOf('hello', {}, { earlier: [] }).outcome).toBe('approved');
  });
});

describe('the record of the author', () => {
  it('holds a comment when too many of the last days were rejected, and tells how many', () => {
    expect(verdictOf('hello', {}, { earlier: posted(3, 2) })).toMatchObject({
      outcome: 'held',
      rules: [{ rule: 'record', action: 'hold', evidence: '2 of 5 decided in the last 7 days were rejected' }],
    });
  });

  it.each([
    ['few enough were rejected', posted(4, 1)],
    ['too few were decided', posted(2, 2)],
    ['it was long ago', posted(0, 9).map((comment) => ({ ...comment, createdAt: '2026-11-01T08:30:00.000Z' }))],
    ['they still wait', posted(0, 9).map((comment) => ({ ...comment, status: 'held' as const }))],
  ])('says nothing when %s', (_, earlier) => {
    expect(verdictOf('hello', {}, { earlier }).rules).toEqual([]);
  });

  it('never fires with fewer rejections than it is read for', () => {
    for (let minDecided = 1; minDecided <= 12; minDecided += 1) {
      for (const rejectedShare of [0, 0.1, 0.3, 0.5, 1]) {
        const record = { minDecided, rejectedShare };
        const fewest = fewestRejected({ ...defaultPolicy.record, ...record });
        for (let approved = 0; approved <= 30; approved += 1) {
          expect(verdictOf('hello', { record }, { earlier: posted(approved, fewest - 1) }).rules).toEqual([]);
        }
      }
    }
  });
});

describe('breaking-news mode', () => {
  const breaking = { slowSeconds: null, holdNewcomers: true, links: false, until: '2026-11-23T10:00:00.000Z' };

  it('holds newcomers and any link, and says that it does', () => {
    const verdict = verdictOf(links(1), {}, { breaking });
    expect(verdict).toMatchObject({
      outcome: 'held',
      rules: [
        { rule: 'newcomers', action: 'hold' },
        { rule: 'links', action: 'hold' },
      ],
    });
    for (const { evidence } of verdict.rules) expect(evidence).toMatch(/^breaking news: /);
    expect(verdict.rules[1]?.evidence).toContain('https://example.org/0');
  });

  it('asks nothing of members with an approved comment and no link', () => {
    expect(verdictOf('hello', {}, { breaking, earlier: posted(1) }).rules).toEqual([]);
    expect(verdictOf(links(1), {}, { breaking: { ...breaking, holdNewcomers: false, links: true }, earlier: [] }).rules).toEqual([]);
  });

  it('leaves the policy as strict as it is', () => {
    const policy = { links: { max: 2, action: 'spam' }, newcomers: { comments: 3, action: 'reject' } };
    const verdict = verdictOf(links(3), policy, { breaking, earlier: posted(0) });
    expect(verdict.outcome).toBe('spam');
    expect(verdict.rules.map(({ rule, action }) => [rule, action])).toEqual([
      ['links', 'spam'],
      ['newcomers', 'reject'],
      ['newcomers', 'hold'],
      ['links', 'hold'],
    ]);
  });

  it('asks nothing of trusted members', () => {
    expect(verdictOf(links(1), {}, { breaking, earlier: [], standing: 'trusted' }).outcome).toBe('approved');
  });
});

describe('the standing of the author', () => {
  const policy = {
    suspectPhrases: ['smelly'],
    bannedPhrases: ['rotten'],
    links: { max: 0, action: 'spam' },
    capitals: { share: 0.1, minLetters: 1 },
    newcomers: { comments: 10 },
    record: { rejectedShare: 0.1, minDecided: 1 },
  };
  const facts: Partial<Subject> = {
    mode: 'moderated',
    waiting: true,
    repeats: { commentId: other, minutesAgo: 1 },
    earlier: posted(0, 5),
  };
  const text = `SMELLY, see ${links(1)}`;

  it('trusted skips every rule but the banned phrases', () => {
    expect(verdictOf(text, policy, { ...facts, standing: 'normal' }).rules).toHaveLength(8);
    expect(verdictOf(text, policy, { ...facts, standing: 'trusted' })).toMatchObject({ outcome: 'approved', rules: [] });
    expect(verdictOf(`rotten and ${text}`, policy, { ...facts, standing: 'trusted' })).toMatchObject({
      outcome: 'rejected',
      rules: [{ rule: 'bannedPhrases' }],
    });
  });

  it('trusted does not keep what readers have reported from being looked at', () => {
    const reported = { reports: { abuse: 3 } };
    expect(verdictOf('hello', {}, { standing: 'trusted', reported })).toMatchObject({ outcome: 'held', rules: [{ rule: 'reports' }] });
  });

  it('held always waits, unless something stricter is asked', () => {
    expect(verdictOf('hello', {}, { standing: 'held' })).toMatchObject({ outcome: 'held', rules: [{ rule: 'standing', action: 'hold' }] });
    expect(verdictOf('rotten', policy, { standing: 'held' }).outcome).toBe('rejected');
  });

  it('muted is muted whatever is said, and whatever else fires is named', () => {
    expect(verdictOf('hello', {}, { standing: 'muted' })).toMatchObject({
      outcome: 'muted',
      rules: [{ rule: 'standing', action: 'mute' }],
    });
    const verdict = verdictOf(`rotten and ${text}`, policy, { ...facts, standing: 'muted' });
    expect(verdict.outcome).toBe('muted');
    expect(verdict.rules).toHaveLength(10);
  });
});

describe('modes', () => {
  it.each([
    ['open', 'approved'],
    ['screened', 'approved'],
    ['moderated', 'held'],
  ] as const)('in mode %s a harmless comment is %s', (mode: Policy['mode'], outcome) => {
    expect(verdictOf('hello', {}, { mode }).outcome).toBe(outcome);
  });

  it('are those of the article, not of the policy', () => {
    expect(verdictOf('hello', { mode: 'moderated' }, { mode: 'screened' }).outcome).toBe('approved');
    expect(defaultPolicy.mode).toBe('screened');
  });
});
