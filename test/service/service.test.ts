import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ProblemCode, problemTypes } from '#http/problem.ts';
import { call } from '../support/call.ts';
import { parseAnswer } from '../support/contract.ts';
import { expectProblem } from '../support/problem.ts';

const kept = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('the description', () => {
  it('is served as it is kept, to be cached and revalidated', async () => {
    const answer = await call('GET /v1/openapi.json');
    parseAnswer('getOpenApi', answer);
    expect(answer.text).toBe(kept('openapi.json'));
    expect(answer.headers['cache-control']).toBe('public, max-age=300, s-maxage=3600, stale-while-revalidate=86400');

    const again = await call('GET /v1/openapi.json', { headers: { 'if-none-match': answer.headers.etag ?? '' } });
    expect(again).toMatchObject({ status: 304, text: '' });
  });
});

describe('the reference', () => {
  it('is a page whose only style is its own, by its hash', async () => {
    const answer = await call('GET /docs');
    parseAnswer('getDocs', answer);
    expect(answer.text).toBe(kept('reference.html'));
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(answer.text) ?? [];
    expect(style.length).toBeGreaterThan(1_000);
    expect(answer.headers['content-security-policy']).toContain(`style-src 'sha256-${hash('sha256', style, 'base64')}';`);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('a problem type', () => {
  it.each(Object.keys(problemTypes) as ProblemCode[])('%s is explained where it points to', async (code) => {
    const answer = await call(`GET /problems/${code}`);
    parseAnswer('getProblemType', answer);
    expect(answer.json).toEqual({ type: `/problems/${code}`, ...problemTypes[code], description: expect.stringMatching(/^.{20,}\.$/) });
  });

  it.each(['toString', '__proto__', 'nothing'])('that is none, %s, is not found', async (code) => {
    expectProblem(await call(`GET /problems/${code}`), 404, 'not-found');
  });
});
