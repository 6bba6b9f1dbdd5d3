const text = { type: 'string' } as const;
const seconds = { type: 'integer', minimum: 0 } as const;

/** Headers that answers share; the reference explains them once. */
export const commonHeaders = {
  RequestId: { description: 'Names this request in the log.', required: true, schema: text },
  ETag: {
    description: 'The strong validator of this answer: for `If-None-Match`, and where there is a revision for `If-Match`.',
    schema: text,
  },
  PublicCache: {
    description: 'Anybody may keep it for a moment.',
    schema: text,
    example: 'public, max-age=0, s-maxage=1, stale-while-revalidate=10',
  },
  Vary: { description: 'What of a request decides about the answer: which site may read it.', schema: text, example: 'Origin' },
  PrivateCache: { description: 'Nobody may keep it.', schema: text, example: 'private, no-store' },
  Link: { description: 'Where the next page is, where that is not in the body (RFC 8288).', schema: text, example: '</v1/…>; rel="next"' },
  Location: { description: 'Where what was created is found.', schema: text },
  RetryAfter: { description: 'Seconds to wait before the next try.', schema: seconds },
  Challenge: { description: 'What is wrong with the token (RFC 6750).', schema: text, example: 'Bearer error="invalid_token"' },
  RateLimit: {
    description: 'What is left of the quota, and when it is whole again. A post that is sent again charges nothing, and does not tell it.',
    schema: text,
  },
  RateLimitPolicy: { description: 'The quota.', schema: text },
};

export type HeaderName = keyof typeof commonHeaders;

/** References to the headers of an answer, by the names they have on the wire; every answer tells its request id. */
export const headersOf = (names: readonly HeaderName[]): Record<string, { $ref: string }> =>
  Object.fromEntries((['RequestId', ...names] as const).map((name) => [wireNames[name], { $ref: `#/components/headers/${name}` }]));

const wireNames: Record<HeaderName, string> = {
  RequestId: 'x-request-id',
  ETag: 'ETag',
  PublicCache: 'Cache-Control',
  Vary: 'Vary',
  PrivateCache: 'Cache-Control',
  Link: 'Link',
  Location: 'Location',
  RetryAfter: 'Retry-After',
  Challenge: 'WWW-Authenticate',
  RateLimit: 'RateLimit',
  RateLimitPolicy: 'RateLimit-Policy',
};

/** Request headers that several routes take. */
export const commonParameters = {
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of what the client has: 304 if it is still the same.',
    schema: text,
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.',
    schema: text,
    example: '"3"',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The same key with the same payload within 24 hours gives the first answer again; another payload gives 422.',
    schema: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[\\x20-\\x7e]+$' },
  },
};

export const parameterReference = (name: keyof typeof commonParameters) => ({ $ref: `#/components/parameters/${name}` });
