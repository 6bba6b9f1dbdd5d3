import { Agent, request } from 'node:http';
import { signToken, siteSecret } from '../../local/token.ts';

/** How long an answer may take, in milliseconds. */
const deadline = 30_000;

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what is read out of JSON, of whatever shape
  readonly json: any;
}

/** Asks over kept connections, as many as it takes. */
export type Ask = (method: string, path: string, token?: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>;

/** @returns how to ask, and what closes the connections */
export function connect(url: string): { ask: Ask; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const ask: Ask = (method, path, token, body, more = {}) =>
    new Promise((resolve, reject) => {
      const headers = {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      };
      const sent = request(url + path, { method, agent, headers, signal: AbortSignal.timeout(deadline) }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, json: text === '' ? undefined : JSON.parse(text) }));
        response.on('error', reject);
      });
      sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { ask, close: () => agent.destroy() };
}

/** A token that lasts for the whole run. */
export const tokenOf = (sub: string, ...roles: string[]): Promise<string> => signToken({ sub, name: sub, roles }, siteSecret());
