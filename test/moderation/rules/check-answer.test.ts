import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRule, readAnswer } from '#moderation/rules/check-answer.ts';

const check = { name: 'tone', url: 'https://checks.example.org/', timeoutMs: 800, onFailure: 'reject' as const };
const nonsense = { kind: 'failed', reason: 'its answer is not {action, evidence}' };

const evidenceOf = (evidence: unknown) => {
  const outcome = readAnswer(JSON.stringify({ action: 'hold', evidence }));
  return outcome.kind === 'answered' ? outcome.evidence : outcome;
};

describe('an answer', () => {
  it.each(['approve', 'hold', 'reject', 'spam'] as const)('may be %s, with or without evidence, whatever else it tells', (action) => {
    const answered = { kind: 'answered', action };
    expect(readAnswer(JSON.stringify({ action, evidence: 'because', score: 1 }))).toEqual({ ...answered, evidence: 'because' });
    expect(readAnswer(JSON.stringify({ action }))).toEqual({ ...answered, evidence: 'no evidence given' });
    expect(readAnswer(JSON.stringify({ action, evidence: null }))).toEqual({ ...answered, evidence: 'no evidence given' });
  });

  it.each([
    '',
    'hold',
    '"hold"',
    'null',
    '[]',
    '[{"action":"hold"}]',
    '{}',
    '{"action":"HOLD"}',
    '{"action":"approved"}',
    '{"action":["hold"]}',
    '{"action":"hold","evidence":{}}',
    '{"action":"hold"',
    '{"action":"hold"}{"action":"approve"}',
    '{"__proto__":{"action":"hold"}}',
  ])('is none in %s', (text) => {
    expect(readAnswer(text)).toEqual(nonsense);
  });

  it('is an answer or a failure, never an error, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => ['answered', 'failed'].includes(readAnswer(text).kind)),
    );
  });
});

describe('evidence', () => {
  it('becomes one line without control characters or turns of direction', () => {
    expect(evidenceOf(' scores\r\n\t0.93\u0000 \u202Efor\u202C\u2028“anger” ')).toBe('scores 0.93  for “anger”');
  });

  it('is cut at 500 characters, never within one', () => {
    expect(evidenceOf('x'.repeat(501))).toBe('x'.repeat(500));
    expect(evidenceOf('🙂'.repeat(501))).toBe('🙂'.repeat(500));
  });

  it('is none where it shows nothing', () => {
    expect(evidenceOf(' \u200B\n')).toBe('no evidence given');
  });

  it('is always something to show, whatever was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const evidence = evidenceOf(text) as string;
        expect(evidence.isWellFormed() && /\S/u.test(evidence) && !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(evidence)).toBe(true);
        expect([...evidence].length).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('the rule that a check fires', () => {
  it('is named for it, with what it answered', () => {
    const rule = checkRule(check, { kind: 'answered', action: 'spam', evidence: 'sells' });
    expect(rule).toEqual({ rule: 'check:tone', action: 'spam', evidence: 'sells' });
  });

  it('is none when it approves', () => {
    expect(checkRule(check, { kind: 'answered', action: 'approve', evidence: 'fine' })).toBeUndefined();
  });

  it.each(['approve', 'hold', 'reject', 'spam'] as const)('is %s when it fails and the policy says so', (onFailure) => {
    const rule = checkRule({ ...check, onFailure }, { kind: 'failed', reason: 'the connection failed' });
    expect(rule).toEqual({ rule: 'check:tone', action: onFailure, evidence: 'the connection failed' });
  });
});
