import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type FieldError, Problem, type ProblemCode } from './problem.ts';

z.config(en());

/** Any schema. */
export type Schema<T = unknown> = z.ZodMiniType<T>;

/** At most this many broken rules are told at once. */
const errorsTold = 20;

/**
 * Checks `value` and gives what the schema makes of it.
 *
 * @throws Problem `code` with one entry of `errors` per broken rule
 */
export function check<T>(schema: Schema<T>, value: unknown, code: ProblemCode, detail: string): T {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  throw new Problem(code, detail, { errors: outcome.error.issues.flatMap(fieldErrors).slice(0, errorsTold) });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pointer([...issue.path, key]), message: 'is not a known field' }));
  }
  return [{ path: pointer(issue.path), message: issue.message }];
}

/** Writes a path as JSON Pointer (RFC 6901 §3: `~` is `~0`, `/` is `~1`). */
const pointer = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
