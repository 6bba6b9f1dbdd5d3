import { expect } from 'vitest';
import { Problem, type ProblemCode } from '#http/problem.ts';
import type { TestResponse } from './call.ts';

/** Runs `work`, which must refuse with a problem, and gives that problem. */
async function problemOf(work: () => unknown): Promise<Problem> {
  const outcome = await Promise.resolve()
    .then(work)
    .then(
      () => 'no problem at all',
      (error: unknown) => error,
    );
  expect(outcome).toBeInstanceOf(Problem);
  return outcome as Problem;
}

/** Expects that `work` refuses with the problem of this code. */
export async function expectRefusal(work: () => unknown, code: ProblemCode): Promise<Problem> {
  const problem = await problemOf(work);
  expect(problem.code).toBe(code);
  return problem;
}

/** What must never leave the service: keys, index and table names, traces, the store's own words. */
export const internals =
  /test-[0-9a-f]{8}-|\b[ACMQ]#|(?-i:POLICY)|\bat .*\.ts|node_modules|Exception|dynamo|ConditionExpression|attribute_/i;

/** Expects an answer to be a problem as RFC 9457 and the contract have it, which tells nothing of what is inside. */
export function expectProblem(answer: TestResponse, status: number, code: ProblemCode): void {
  expect(answer.json).toMatchObject({
    type: `/problems/${code}`,
    title: expect.stringMatching(/./),
    status,
    detail: expect.stringMatching(/./),
    instance: expect.stringMatching(/./),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['x-request-id']).toBe(answer.json.instance);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(JSON.stringify([answer.json, answer.headers])).not.toMatch(internals);
  if (status === 400 || status === 422) {
    expect(answer.json.errors.length).toBeGreaterThan(0);
    for (const error of answer.json.errors)
      expect(error).toEqual({ path: expect.stringMatching(/^(\/|$)/), message: expect.stringMatching(/./) });
  }
}
