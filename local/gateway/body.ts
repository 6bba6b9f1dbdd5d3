import type { IncomingMessage } from 'node:http';

/** "Payload size: 10 MB" ("Quotas for configuring and running an HTTP API in API Gateway"), in bytes. */
const largestBody = 10 * 1024 * 1024;

export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' | 'aborted' };

/** Reads a request's body. One that is too large is still taken in, though not kept, for its sender hears no answer before it has sent all. */
export function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once('end', () => {
      if (size > largestBody) resolve({ kind: 'too-large' });
      else
        resolve(
          size === 0 ? { kind: 'none' } : { kind: 'whole', bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) },
        );
    });
    request.once('close', () => resolve({ kind: 'aborted' }));
  });
}

/** Whether a request announces a body: without either header it has none (RFC 9112, section 6.3). */
export function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0');
}
