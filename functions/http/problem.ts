/**
 * The catalogue of errors. Each becomes one problem type under `/problems/` (RFC 9457 §3.1: `type` is "a URI reference
 * that identifies the problem type", `title` "a short, human-readable summary of the problem type").
 */
export const problemTypes = {
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'bad-cursor': { status: 400, title: 'The cursor does not belong to this query' },
  unauthenticated: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  conflict: { status: 409, title: 'The current state does not allow this' },
  'comments-closed': { status: 409, title: 'Comments are closed' },
  'stale-revision': { status: 412, title: 'It has changed in the meantime' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON' },
  invalid: { status: 422, title: 'The request breaks a rule' },
  'precondition-required': { status: 428, title: 'If-Match is needed' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong' },
  unavailable: { status: 503, title: 'Try again shortly' },
} as const;

export type ProblemCode = keyof typeof problemTypes;

/** One rule that a field broke; `path` is a JSON Pointer (RFC 6901) into the body, or names a parameter of the path or the query, or a header. */
export interface FieldError {
  path: string;
  message: string;
}

interface ProblemOptions extends ErrorOptions {
  errors?: FieldError[];
  headers?: Record<string, string>;
}

/** An error that the caller may see. Anything else that is thrown answers 500 and tells nothing. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, detail: string, { errors, headers = {}, ...options }: ProblemOptions = {}) {
    super(detail, options);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return problemTypes[this.code].status;
  }
}
