import { describe, expect, it } from 'vitest';
import { defaultPolicy, policySchema } from '#moderation/rules/policy.ts';

const check = { name: 'tone', url: 'https://checks.example.org/tone' };

const accepts = (document: unknown) => policySchema.safeParse(document).success;

describe('the policy', () => {
  it('is whole when nothing is said: every field has its default', () => {
    expect(policySchema.parse({})).toEqual({
      mode: 'screened',
      bannedPhrases: [],
      suspectPhrases: [],
      links: { max: 2, action: 'hold' },
      repeat: { minutes: 60, action: 'reject' },
      capitals: { share: 0.8, minLetters: 20, action: 'hold' },
      newcomers: { comments: 0, action: 'hold' },
      record: { rejectedShare: 0.3, minDecided: 5, days: 7, action: 'hold' },
      reports: { holdAt: 3 },
      checks: [],
      reactions: ['like'],
      maxLength: 5000,
      editMinutes: 15,
      rate: { perMinute: 6, perHour: 60 },
    });
    expect(defaultPolicy).toEqual(policySchema.parse({}));
  });

  it('keeps the defaults of the fields that a part leaves out', () => {
    expect(policySchema.parse({ links: { max: 0 }, rate: { perHour: 5 } })).toMatchObject({
      links: { max: 0, action: 'hold' },
      rate: { perMinute: 6, perHour: 5 },
    });
  });

  it.each([
    { bannedPhrase: [] },
    { links: { maximum: 1 } },
    { record: { share: 0.1 } },
    { rate: { perDay: 1 } },
    { checks: [{ ...check, timeout: 1 }] },
  ])('refuses the unknown field of %j, because a misspelt rule would silently do nothing', (document) => {
    expect(accepts(document)).toBe(false);
  });

  it.each([
    { mode: 'closed' },
    { bannedPhrases: 'bad' },
    { bannedPhrases: ['!!!'] },
    { bannedPhrases: ['f***'] },
    { bannedPhrases: ['C++'] },
    { suspectPhrases: [''] },
    { bannedPhrases: ['x'.repeat(201)] },
    { bannedPhrases: Array.from({ length: 10_001 }, (_, n) => `p${n}`) },
    { links: { max: -1 } },
    { links: { max: 1.5 } },
    { links: { action: 'approve' } },
    { repeat: { minutes: -1 } },
    { capitals: { share: 1.01 } },
    { capitals: { minLetters: 0 } },
    { newcomers: { comments: -1 } },
    { record: { minDecided: 0 } },
    { record: { days: 0 } },
    { reports: { holdAt: 0 } },
    { reactions: [] },
    { reactions: ['Like'] },
    { reactions: ['like"'] },
    { reactions: ['like', 'love', 'like'] },
    { maxLength: 0 },
    { maxLength: 20_001 },
    { editMinutes: -1 },
    { rate: { perMinute: 0 } },
    { checks: [check, check] },
    { checks: Array.from({ length: 6 }, (_, n) => ({ ...check, name: `check-${n}` })) },
    { checks: [{ name: check.name }] },
    { checks: [{ ...check, name: 'Tone' }] },
    { checks: [{ ...check, name: 't'.repeat(33) }] },
    { checks: [{ ...check, timeoutMs: 49 }] },
    { checks: [{ ...check, timeoutMs: 5_001 }] },
    { checks: [{ ...check, onFailure: 'ignore' }] },
  ])('refuses what is out of bounds: %j', (document) => {
    expect(accepts(document)).toBe(false);
  });

  it.each([
    { bannedPhrases: ['x'.repeat(200)] },
    { suspectPhrases: Array.from({ length: 10_000 }, (_, n) => `p${n}`) },
    { links: { max: 0, action: 'spam' } },
    { capitals: { share: 0 } },
    { capitals: { share: 1 } },
    { maxLength: 1 },
    { maxLength: 20_000 },
    { reactions: ['like', 'insightful', 'thumbs-up2'] },
    { checks: Array.from({ length: 5 }, (_, n) => ({ ...check, name: `check-${n}` })) },
    { checks: [{ ...check, name: 't'.repeat(32), timeoutMs: 50, onFailure: 'approve' }] },
    { checks: [{ ...check, timeoutMs: 5_000, onFailure: 'spam' }] },
  ])('takes what is just within bounds', (document) => {
    expect(accepts(document)).toBe(true);
  });

  it('gives a check the usual patience, and holds what it does not answer', () => {
    expect(policySchema.parse({ checks: [check] }).checks).toEqual([{ ...check, timeoutMs: 800, onFailure: 'hold' }]);
  });

  it.each([
    'https://checks.example.org',
    'HTTPS://checks.example.org:8443/tone?strict=1',
    'http://127.0.0.1:4000/',
    'http://localhost:4000/tone',
    'http://[::1]:4000/',
  ])('takes a check at %s', (url) => {
    expect(accepts({ checks: [{ ...check, url }] })).toBe(true);
  });

  it.each([
    '',
    'checks.example.org',
    '/tone',
    'https://',
    'https:checks.example.org',
    'https:\\\\checks.example.org',
    ' https://checks.example.org',
    'https://checks.example.org/a b',
    'https://[::1',
    'ftp://checks.example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://checks.example.org',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://127.0.0.1@checks.example.org',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://0.0.0.0/',
    'https://user@checks.example.org',
    'https://user:secret@checks.example.org',
    'https://:secret@checks.example.org',
    `https://checks.example.org/${'x'.repeat(2_048)}`,
  ])('refuses a check at %j', (url) => {
    expect(accepts({ checks: [{ ...check, url }] })).toBe(false);
  });
});
