import type { HttpMiddleware } from './exchange.ts';
import { logError } from './log.ts';
import { Problem, problemTypes } from './problem.ts';

/** Turns whatever was thrown into `application/problem+json`: the one place that does so. */
export const problemReplies = (): HttpMiddleware => ({
  onError: (request) => {
    const problem = asProblem(request.error);
    const { routeKey, requestContext } = request.event;
    const { requestId } = requestContext;
    if (problem.status >= 500) logError('request failed', requestId, problem.cause ?? problem, routeKey);
    request.response = {
      statusCode: problem.status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'private, no-store', ...problem.headers },
      body: JSON.stringify({
        type: `/problems/${problem.code}`,
        title: problemTypes[problem.code].title,
        status: problem.status,
        detail: problem.message,
        instance: requestId,
        ...(problem.errors && { errors: problem.errors }),
      }),
    };
  },
});

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Error && (passing.has(error.name) || passing.has(codeOf(error)))) {
    return new Problem('unavailable', 'The store is busy. Try again shortly.', { cause: error, headers: { 'retry-after': '1' } });
  }
  return new Problem('internal', 'The request could not be completed.', { cause: error });
}

/** Node.js names what is wrong with a connection in `code`, and calls every such error just `Error`. */
const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** Errors of the store and of the way to it that pass by themselves: throttles, conflicts, time-outs, outages. */
const passing = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'InternalServerError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
