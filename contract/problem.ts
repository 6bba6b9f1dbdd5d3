import * as z from 'zod';
import { type ProblemCode, problemTypes } from '#http/problem.ts';

const codes = Object.keys(problemTypes) as ProblemCode[];

/** Every refusal: RFC 9457 problem details. */
export const problem = z
  .strictObject({
    type: z
      .enum(codes.map((code) => `/problems/${code}` as const))
      .describe('Identifies the kind of problem; what it means is found there.'),
    title: z.string().min(1),
    status: z.int().min(400).max(599),
    detail: z.string().min(1).describe('What is wrong with this very request.'),
    instance: z.string().min(1).describe('The request id, as in `x-request-id`.'),
    errors: z
      .array(
        z.strictObject({
          path: z
            .string()
            .regex(/^(\/.*)?$/su)
            .describe(
              'JSON Pointer (RFC 6901) into the body, or `/` and the name of a parameter of the path or the query, or of a header.',
            ),
          message: z.string().min(1),
        }),
      )
      .min(1)
      .optional()
      .describe('The rules that were broken, with 400 and 422.'),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: '/problems/invalid',
        title: 'The request breaks a rule',
        status: 422,
        detail: 'The comment breaks a rule.',
        instance: 'b1c2d3e4-0000-4000-8000-000000000000',
        errors: [{ path: '/body', message: 'must say something' }],
      },
    ],
  });

/** What API Gateway says itself when its own throttle refuses a request, before any code of ours runs. */
export const throttled = z.object({ message: z.string() }).meta({ id: 'Throttled', examples: [{ message: 'Too Many Requests' }] });
