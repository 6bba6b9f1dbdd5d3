import * as z from 'zod/mini';
import { checksSchema } from './checks.ts';
import { distinct } from './distinct.ts';

const action = z.enum(['hold', 'reject', 'spam']);
/** Kept to a millionth: the store takes no number closer to nothing than 1e-130. */
const share = z.number().check(
  z.minimum(0),
  z.maximum(1),
  z.overwrite((value) => Math.round(value * 1e6) / 1e6),
);
const whole = (minimum: number, maximum: number) => z.int().check(z.minimum(minimum), z.maximum(maximum));
const phrases = z._default(
  z
    .array(
      z.string().check(
        z.maxLength(200),
        z.refine((text) => /[\p{L}\p{N}]/u.test(text), 'must have a letter or a digit'),
        // Signs are read over: f*** would find every f.
        z.refine((text) => !/^[^\p{L}\p{N}]*[a-z0-9][^\p{L}\p{N}]*$/iu.test(text), 'must be more than one letter and signs'),
      ),
    )
    .check(z.maxLength(10_000)),
  [],
);

/** A part of the policy whose fields each have a default of their own, so that any of them may be left out. */
const part = <T extends z.core.$ZodShape>(shape: T) => z.prefault(z.strictObject(shape), {} as never);

/**
 * The policy: what screening asks of a comment. Every field has a default, so `{}` is a whole policy; a field that is not
 * here is refused, because a misspelt rule that silently does nothing is worse than an error.
 */
export const policySchema = z.strictObject({
  mode: z._default(z.enum(['open', 'screened', 'moderated']), 'screened'),
  bannedPhrases: phrases,
  suspectPhrases: phrases,
  links: part({ max: z._default(whole(0, 1_000), 2), action: z._default(action, 'hold') }),
  repeat: part({ minutes: z._default(whole(0, 10_080), 60), action: z._default(action, 'reject') }),
  capitals: part({ share: z._default(share, 0.8), minLetters: z._default(whole(1, 5_000), 20), action: z._default(action, 'hold') }),
  newcomers: part({ comments: z._default(whole(0, 100), 0), action: z._default(action, 'hold') }),
  record: part({
    rejectedShare: z._default(share, 0.3),
    minDecided: z._default(whole(1, 1_000), 5),
    days: z._default(whole(1, 90), 7),
    action: z._default(action, 'hold'),
  }),
  reports: part({ holdAt: z._default(whole(1, 1_000), 3) }),
  checks: checksSchema,
  reactions: z._default(
    z.array(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/))).check(
      z.minLength(1),
      z.maxLength(20),
      distinct((kind) => kind),
    ),
    ['like'],
  ),
  maxLength: z._default(whole(1, 20_000), 5_000),
  editMinutes: z._default(whole(0, 10_080), 15),
  rate: part({ perMinute: z._default(whole(1, 10_000), 6), perHour: z._default(whole(1, 100_000), 60) }),
});

export type Policy = z.infer<typeof policySchema>;

/** The policy of a service that nobody has configured yet. */
export const defaultPolicy: Policy = policySchema.parse({});
