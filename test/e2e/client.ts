import { setTimeout } from 'node:timers/promises';
import { signToken, siteSecret } from '../../local/token.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a client reads out of JSON, of whatever shape
  json: any;
  text: string;
}

export interface Ask {
  as?: { sub: string; name?: string; roles?: string[] };
  body?: unknown;
  headers?: Record<string, string>;
}

/** A client of the HTTP API, as any site would write one. */
export function client(url: string, send: typeof fetch = fetch) {
  return async function ask(request: `${string} /${string}`, { as, body, headers }: Ask = {}): Promise<Answer> {
    const [method = '', path = ''] = request.split(' ', 2);
    const response = await send(url + path, {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${await signToken({ name: as.sub, ...as }, siteSecret())}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    const { status, headers: answered } = response;
    return { status, headers: answered, json: isJson(answered) && text !== '' ? JSON.parse(text) : undefined, text };
  };
}

/** Whether a body is one JSON text. */
export const isJson = (headers: Headers): boolean => /^application\/(?:problem\+)?json\b/.test(headers.get('content-type') ?? '');

export type Client = ReturnType<typeof client>;

export const desk = { sub: 'desk', roles: ['publisher'] };
export const mo = { sub: 'mo', roles: ['moderator'] };
export const admin = { sub: 'root', roles: ['admin'] };

/** Asks until the answer is as wanted: what settling changes is seen a moment later. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean, patience = 10_000): Promise<T> {
  const until = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > until) throw new Error(`still not as wanted: ${JSON.stringify(answer)?.slice(0, 2_000)}`);
    await setTimeout(50);
  }
}

/** Every item of a list, page by page. */
export async function walk(ask: Client, path: `/${string}`, options: Ask = {}): Promise<{ id: string; body: string }[]> {
  const items = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Answer = await ask(`GET ${path}${cursor && `&cursor=${cursor}`}`, options);
    if (page.status !== 200) throw new Error(`${path} answered ${page.status}: ${JSON.stringify(page.json)}`);
    items.push(...page.json.items);
    cursor = page.json.nextCursor;
  }
  return items;
}
