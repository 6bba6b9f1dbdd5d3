import * as z from 'zod/mini';

/**
 * An article's id is the publisher's own: 1–128 of the characters that RFC 3986 §2.3 calls unreserved. A lone `.` or `..`, even
 * percent-encoded, is taken out of every path before it is sent (§5.2.4; WHATWG URL, «double-dot URL path segment»), so an article of
 * that name could never be asked for.
 */
export const articleId = z
  .string()
  .check(z.regex(/^(?!\.{1,2}$)[\w.~-]{1,128}$/, 'must be 1–128 of A–Z a–z 0–9 . _ ~ -, and neither . nor .. alone'));

const uuidv7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A comment's id: a UUIDv7 in lower case, so that the order of ids is the order of time (RFC 9562 §5.7). */
export const commentId = z.string().check(z.regex(uuidv7, 'must be the id of a comment'));

/** A job's id is a UUIDv7 too. */
export const jobId = z.string().check(z.regex(uuidv7, 'must be the id of a job'));

/** A member's id is the site's own, the `sub` of their token: 1–128 characters, none of them a control character. */
export const memberId = z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{1,128}$/u, 'must be 1–128 characters without control characters'));

/** What a cursor over comments carries. */
export const commentPosition = uuidv7;

/** A moment in RFC 3339, answered in UTC with milliseconds. */
export const time = z.pipe(
  z.iso.datetime({ offset: true, error: 'must be a time in RFC 3339, such as 2026-11-23T09:30:00.000Z' }),
  z.pipe(
    z.transform((text: string) => new Date(text).toISOString()),
    // The offset may carry a time out of the four-digit years, in which alone text order is time order.
    z.string().check(z.regex(/^\d{4}-/, 'must be in the years 0000 to 9999')),
  ),
);

/** A query parameter that is a number from 1 to `maximum`, which has three digits at most. */
export const numberUpTo = (maximum: number) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,3}$/, `must be a number from 1 to ${maximum}`)),
    z.pipe(z.transform(Number), z.int().check(z.minimum(1), z.maximum(maximum))),
  );

/** Query parameters of a page. */
export const page = {
  limit: z._default(numberUpTo(100), 20),
  cursor: z.optional(z.string()),
};

/**
 * Text of one line: trimmed, in NFC, without control characters and without those that turn the direction of what follows
 * (Unicode TR #36 §2.1), so that a name cannot rearrange the page around it. It must show something.
 */
export const line = (maximum: number) =>
  z.pipe(
    z.string(),
    z.pipe(
      z.transform((text: string) =>
        text
          .toWellFormed()
          .normalize('NFC')
          .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
          .replace(/\p{Cc}+/gu, ' ')
          .trim(),
      ),
      z.string().check(
        z.refine((text) => /[^\p{Z}\p{C}]/u.test(text), 'must say something'),
        z.maxLength(maximum),
      ),
    ),
  );

/** An absolute web address. */
export const webUrl = z.string().check(
  z.maxLength(2048),
  z.refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'must be an http or https URL'),
);
