import { beforeAll, expect, it } from 'vitest';
import { signingSecret } from '../../../local/secrets.ts';
import { siteSecret } from '../../../local/token.ts';
import { internals } from '../../support/problem.ts';
import { answers, functionLogs, mark, sent, settled, tables, troublesSoFar } from './site.ts';

/** What an answer may carry: whatever else appears has to be thought about first. */
const expected = new Set([
  ...[
    'content-type',
    'content-length',
    'date',
    'connection',
    'keep-alive',
    'transfer-encoding',
    'cache-control',
    'vary',
    'etag',
    'location',
    'allow',
    'accept',
  ],
  ...['x-request-id', 'apigw-requestid', 'x-content-type-options', 'www-authenticate', 'retry-after', 'link'],
  ...['ratelimit', 'ratelimit-policy', 'access-control-allow-origin', 'access-control-expose-headers', 'content-security-policy'],
  'referrer-policy',
]);

/** What the whole suite has left behind, so it comes last. */
export function traces(): void {
  let logs: string;
  beforeAll(async () => {
    await settled();
    logs = functionLogs();
  });

  it('the logs tell of every request by its route, and of what went wrong', () => {
    expect(answers.length).toBeGreaterThan(1_000);
    expect(logs.match(/"message":"request"/g)?.length).toBeGreaterThan(1_000);
    for (const route of ['GET /v1/me/comments', 'PUT /v1/moderation/policy', '$default']) expect(logs).toContain(`"Route":"${route}"`);
    expect(logs).toMatch(/"message":"request failed","requestId":"[^"]+","route":"[A-Z]+ \/v1\//);
  });

  it('nothing personal is in the logs: no name, id, text, key or address of anybody', () => {
    // Everything of the kind has the mark; the address and the link are what senders were told to have.
    for (const trace of [mark, '203.0.113.77', 'nobody else may read this', 'suspicious', 'Ren\u00e9e', 'Rene\u0301e']) {
      expect(around(logs, trace)).toBeUndefined();
    }
  });

  it('no token is in the logs, nor a part of one, nor any secret', () => {
    const parts = [...sent].flatMap((token) => token.split('.').slice(1)).filter((part) => part.length >= 16);
    expect(parts.length).toBeGreaterThan(100);
    for (const part of new Set([...parts, siteSecret(), signingSecret()])) expect(around(logs, part)).toBeUndefined();
    expect(around(logs, 'Bearer ')).toBeUndefined();
  });

  it('no answer tells what is inside: no key, index or table, no trace, no words of the store', () => {
    // What people call themselves may look like anything.
    const theirs = new RegExp(`"[^"]*${mark}[^"]*"`, 'g');
    for (const { request, text, headers } of answers) {
      const told = `${JSON.stringify(headers)} ${text}`.replaceAll(theirs, '""');
      expect(internals.exec(told)?.[0], request).toBeUndefined();
      for (const name of [...tables(), siteSecret(), signingSecret()]) expect(told.includes(name), request).toBe(false);
      expect(/"(?:pk|sk|unsettled|expiresAt)"|\bnode:|\/tmp\/|\/home\/|\.mjs\b|\.ts:\d/.exec(told)?.[0], request).toBeUndefined();
    }
  });

  it('no answer tells by a header what answers, nor one that nobody knows of', () => {
    const found = new Set(answers.flatMap(({ headers }) => Object.keys(headers)));
    expect([...found].filter((name) => !expected.has(name))).toEqual([]);
  });

  it('nothing that was asked was answered with 500, and nothing in the runtime broke', () => {
    expect(answers.filter(({ status }) => status === 500).map(({ request }) => request)).toEqual([]);
    // Functions fail only where an issuer cannot be asked, and are told as that.
    const failures = answers.filter(({ status }) => status > 500);
    expect(failures.every(({ text }) => text.includes('The keys of the issuer cannot be fetched.'))).toBe(true);
    expect(troublesSoFar()).toEqual([]);
  });
}

/** Where something was found, with what stands around it. */
function around(text: string, found: string): string | undefined {
  const at = text.indexOf(found);
  return at === -1 ? undefined : text.slice(Math.max(0, at - 200), at + 200);
}
