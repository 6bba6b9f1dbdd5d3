import * as z from 'zod/mini';
import { type Policy, policySchema } from './rules/policy.ts';

/** A whole policy as it is sent. What `GET` adds to it may be sent back with it; it is ours to set, so it is read over. */
export const policyDocument = z.extend(policySchema, {
  version: z.optional(z.unknown()),
  updatedAt: z.optional(z.unknown()),
  updatedBy: z.optional(z.unknown()),
});

/** Bytes of a request that carries a policy: newsrooms have thousands of phrases, and one item takes 400 KB of them. */
export const policyBodyLimit = 256 * 1024;

/** The policy that a document sets. */
export const policyOf = ({ version: _version, updatedAt: _at, updatedBy: _by, ...policy }: z.infer<typeof policyDocument>): Policy =>
  policy;
