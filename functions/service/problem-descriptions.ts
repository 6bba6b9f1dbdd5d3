import type { ProblemCode } from '#http/problem.ts';

/** What each problem means and what its reader can do about it. */
export const problemDescriptions: Readonly<Record<ProblemCode, string>> = {
  'malformed-request':
    'The body is not JSON in UTF-8, or a parameter of the path, of the query or in a header is not what it may be. `errors` names what is wrong.',
  'bad-cursor': 'A cursor continues the very query it came from. Start again without one, or send the same parameters as before.',
  unauthenticated:
    'Send `Authorization: Bearer` with a token of the site. `WWW-Authenticate` tells what is wrong with the one that was sent.',
  forbidden:
    'The token is valid, but what it stands for may not do this: the role is too low, the comment is not the caller’s own, or the member is banned.',
  'not-found': 'Nothing that the caller may see has this path. What is hidden is told in the same words as what never was.',
  'method-not-allowed': 'The path exists with other methods; `Allow` lists them.',
  conflict:
    'What is asked does not fit what is there now, for instance an edit after the edit window has ended. Read it again before trying on.',
  'comments-closed': 'The article takes no comments any more, or not now.',
  'stale-revision':
    'Somebody changed it since it was read, or `If-Match` names no revision. Read it again and send the change with the new `ETag`.',
  'too-large': 'A body may have 64 KiB, a policy 256 KiB.',
  'unsupported-media-type': 'Send the body with `Content-Type: application/json`.',
  invalid: 'The request is well-formed but breaks a rule. `errors` names each field and what it must be.',
  'precondition-required': 'This change must name the revision it is meant for: send the `ETag` of what was read as `If-Match`.',
  'too-many-requests': 'Wait as many seconds as `Retry-After` says. `RateLimit` and `RateLimit-Policy` tell the quota.',
  internal: 'The service failed; the request id in `instance` finds the reason in its log.',
  unavailable: 'The store is busy or somebody else changes the same thing. Send the same request again after `Retry-After` seconds.',
};
