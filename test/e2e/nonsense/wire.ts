import { Agent, request } from 'node:http';
import type { Answered } from '../../support/contract.ts';
import type { WireRequest } from './requests.ts';

/** Milliseconds any answer may take. */
export const deadline = 10_000;

const agent = new Agent({ keepAlive: true });

/** Sends a request exactly as it is written, which `fetch` would tidy up; gives the answer, or fails at the deadline. */
export function send(url: string, { method, target, headers, body }: WireRequest): Promise<Answered> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const sent = request(
      {
        hostname,
        port,
        agent,
        method,
        path: target,
        headers: { ...headers, ...(bytes && { 'content-length': bytes.length }) },
        signal: AbortSignal.timeout(deadline),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const named = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
          const isJson = text !== '' && /json/.test(named['content-type'] ?? '');
          resolve({ status: response.statusCode ?? 0, headers: named, text, ...(isJson && { json: JSON.parse(text) as unknown }) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(bytes);
  });
}
