import * as z from 'zod/mini';
import { line, time, webUrl } from '#http/scalars.ts';

const bodyPart = z.strictObject({
  heading: z.optional(line(500)),
  paragraphs: z.array(z.string().check(z.maxLength(20_000))).check(z.maxLength(500)),
});

const breaking = z.strictObject({
  slowSeconds: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(3_600))), null),
  holdNewcomers: z._default(z.boolean(), false),
  links: z._default(z.boolean(), true),
  until: time,
});

/** With more, a page of a hundred comments and the replies below each would be more queries than one request should make. */
export const mostShards = 8;

const commenting = z.strictObject({
  open: z.optional(z.boolean()),
  mode: z.optional(z.nullable(z.enum(['open', 'screened', 'moderated']))),
  closesAt: z.optional(z.nullable(time)),
  breaking: z.optional(z.nullable(breaking)),
  shards: z.optional(z.int().check(z.minimum(1), z.maximum(mostShards))),
});

/** What a publisher sends to create or replace an article. */
export const articleInput = z.strictObject({
  title: line(500),
  url: z.optional(z.nullable(webUrl)),
  author: z.optional(z.nullable(line(200))),
  section: z.optional(z.nullable(line(100))),
  publishedAt: z.optional(time),
  body: z.optional(z.array(bodyPart).check(z.maxLength(200))),
  commenting: z.optional(commenting),
});

export type ArticleInput = z.infer<typeof articleInput>;

/** What changes some fields of an article: any of the same, and `null` for the text empties it. */
export const articlePatch = z.extend(z.partial(articleInput), { body: z.optional(z.nullable(articleInput.shape.body)) });

export type ArticlePatch = z.infer<typeof articlePatch>;
