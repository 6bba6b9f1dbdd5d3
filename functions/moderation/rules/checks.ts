import * as z from 'zod/mini';
import { distinct } from './distinct.ts';

/** What a check may answer, and what its failure may come to. */
export const checkActions = ['approve', 'hold', 'reject', 'spam'] as const;
export type CheckAction = (typeof checkActions)[number];

/** How many checks a policy may have: each is one more request for every comment. */
const most = 5;

/**
 * Where a check is asked. Comments and signatures cross no network in the clear, so plain HTTP is for this machine alone;
 * credentials have no place in a document that every moderator reads.
 */
const address = z
  .string()
  .check(
    z.maxLength(2_048),
    z.refine(isAcceptable, 'must be an https URL without credentials (http only to 127.0.0.1, localhost or [::1])'),
  );

function isAcceptable(text: string): boolean {
  const url = /^https?:\/\/[^\s\\]+$/i.test(text) ? URL.parse(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || loopback.has(url.hostname);
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const check = z.strictObject({
  /** Names the check in verdicts, as `check:<name>`. */
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be 1–32 of a–z 0–9 -, beginning with a letter')),
  url: address,
  /** Milliseconds from sending the question to having read the whole answer. */
  timeoutMs: z._default(z.int().check(z.minimum(50), z.maximum(5_000)), 800),
  /** What it comes to when there is no answer; with `approve` the check then counts for nothing. */
  onFailure: z._default(z.enum(checkActions), 'hold'),
});

/** A service of the site that is asked about comments. */
export type Check = z.infer<typeof check>;

/** The checks of a policy; none unless it says so. */
export const checksSchema = z._default(
  z.array(check).check(
    z.maxLength(most),
    distinct(({ name }) => name, 'name'),
  ),
  [],
);
