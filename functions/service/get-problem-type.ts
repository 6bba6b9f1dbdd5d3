import * as z from 'zod/mini';
import { publicEndpoint } from '#http/endpoint.ts';
import { type ProblemCode, problemTypes } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { problemDescriptions } from './problem-descriptions.ts';
import { publishedCacheControl } from './published.ts';

/** What a problem's `type` leads to: "human-readable documentation for the problem type" (RFC 9457 §3.1.1). */
export const getProblemType = publicEndpoint({
  params: z.object({ code: z.enum(Object.keys(problemTypes) as [ProblemCode, ...ProblemCode[]]) }),
  handle: async ({ params: { code } }) => ({
    ...ok({ type: `/problems/${code}`, ...problemTypes[code], description: problemDescriptions[code] }),
    headers: { 'cache-control': publishedCacheControl },
  }),
});
