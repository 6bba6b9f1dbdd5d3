import { Agent, type IncomingHttpHeaders, request } from 'node:http';
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

/** An answer as it came. */
export interface Exchanged {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request as it is, over the same connections. */
export type Exchange = (method: string, path: string, headers?: Record<string, string>, body?: string) => Promise<Exchanged>;

/** @returns how to ask, and what closes the connections */
export function connect(url: string): { ask: Ask; exchange: Exchange; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const exchange: Exchange = (method, path, headers = {}, body = undefined) =>
    new Promise((resolve, reject) => {
      const sent = request(url + path, { method, agent, headers, timeout: deadline }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${deadline} ms`)));
      sent.on('error', reject).end(body);
    });
  const ask: Ask = async (method, path, token, body, more = {}) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...more,
    };
    const { status, text } = await exchange(method, path, headers, body === undefined ? undefined : JSON.stringify(body));
    return { status, json: text === '' ? undefined : JSON.parse(text) };
  };
  return { ask, exchange, close: () => agent.destroy() };
}

/**
 * What was answered, if that was with one of these statuses.
 * @throws with what it was answered instead
 */
export async function wanted(answered: Promise<Answered>, ...statuses: readonly number[]): Promise<Answered> {
  const answer = await answered;
  // The whole of a problem names the request that it is of, so that no two are alike.
  if (!statuses.includes(answer.status)) throw new Error(`was answered ${answer.status}: ${answer.json?.detail ?? 'without a reason'}`);
  return answer;
}

/** A token that lasts for the whole run. */
export const tokenOf = (sub: string, ...roles: string[]): Promise<string> => signToken({ sub, name: sub, roles }, siteSecret());
