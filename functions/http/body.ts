import type { HttpEvent } from './exchange.ts';
import { Problem } from './problem.ts';

/** Bytes a request's body may have, unless its endpoint takes more. */
export const bodyLimit = 64 * 1024;

/**
 * Reads the JSON body of a request.
 *
 * @param limit bytes that it may have
 * @throws Problem `too-large` (413), `unsupported-media-type` (415) or `malformed-request` (400)
 */
export function readJsonBody(event: HttpEvent, limit = bodyLimit): unknown {
  const raw = event.body ?? '';
  const bytes = event.isBase64Encoded ? Buffer.from(raw, 'base64') : Buffer.from(raw);
  if (bytes.length > limit) throw new Problem('too-large', `The body may have ${limit} bytes at most.`);
  const mediaType = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === undefined || !/^application\/(?:[\w.-]+\+)?json$/.test(mediaType)) {
    throw new Problem('unsupported-media-type', 'Send the body as application/json.', { headers: { accept: 'application/json' } });
  }
  try {
    const text = utf8.decode(bytes);
    return JSON.parse(text, surrogateEscape.test(text) ? wellFormed : undefined);
  } catch (cause) {
    throw new Problem('malformed-request', 'The body is not JSON in UTF-8.', {
      cause,
      errors: [{ path: '', message: 'is not JSON in UTF-8' }],
    });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * An escape may name half a character, which no store takes: it becomes U+FFFD, as everywhere else on the web (RFC 8259
 * §8.2 calls the behaviour of such texts unpredictable).
 */
const surrogateEscape = /\\u[dD][89a-fA-F]/;
const wellFormed = (_key: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
