import * as z from 'zod';
import type { Clock } from './clock.ts';
import { ImportFailure, messageOf, Stopped } from './failure.ts';

/** How long one request may take, until its answer is read. */
const DEADLINE_MS = 10_000;
/** A server that asks for more patience than this is left alone: the import stops and can go on later. */
const LONGEST_WAIT_MS = 90_000;
const MOST_RETRIES = 10;

export interface ClientOptions {
  /** Where Understory answers, without `/v1`. */
  readonly url: string;
  /** Aborted to stop: no request is cut short, but none begins and no wait goes on. */
  readonly signal: AbortSignal;
  readonly sleep: Clock['sleep'];
  /** Hears that the server asked to wait. */
  readonly onWait: (milliseconds: number) => void;
}

export interface Request {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
  /** Whether "404 unknown" is an answer rather than a failure. */
  readonly maybeUnknown?: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body, or null for anything else. */
  readonly data: unknown;
}

const problem = z.object({
  title: z.string(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/**
 * Sends a request and resolves to the JSON of its 2xx answer, or to undefined for a 404 that may be.
 * Everything else is an {@link ImportFailure}; 429 and 503 are retried before.
 */
export type Send = (request: Request) => Promise<unknown>;

/** What sends requests to one server, each with a deadline, politely waiting where the server asks for it (`Retry-After`). */
export function connect({ url, signal, sleep, onWait }: ClientOptions): Send {
  return async (request) => {
    for (let retries = 0; ; retries += 1) {
      if (signal.aborted) throw new Stopped('stopped');
      const answer = await attempt(url, request);
      if (answer.status >= 200 && answer.status < 300) return answer.data;
      if (answer.status === 404 && request.maybeUnknown && problem.safeParse(answer.data).success) return undefined;
      if (answer.status !== 429 && answer.status !== 503) throw refused(url, request, answer);
      const wait = waitOf(answer.headers, retries, Date.now());
      if (retries === MOST_RETRIES || wait > LONGEST_WAIT_MS) {
        const seconds = Math.ceil(wait / 1000);
        throw new ImportFailure(`${refused(url, request, answer).message}. The server asks to come back in ${seconds} s.`);
      }
      onWait(wait);
      await sleep(wait, signal);
    }
  };
}

async function attempt(url: string, { method, path, token, headers, body }: Request): Promise<Answer> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual', // following one would turn a POST into a GET
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return { status: response.status, headers: response.headers, data: jsonOf(await response.text()) };
  } catch (cause) {
    throw new ImportFailure(unreachable(url, cause), { cause });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unreachable(url: string, thrown: unknown): string {
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return `${url} did not answer within ${DEADLINE_MS / 1000} s.`;
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return `Nothing answers at ${url}. Is Understory running? Start it with: npm start`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${url}: no such host. Is --url right?`;
  return `The connection to ${url} broke: ${code || messageOf(cause)}`;
}

// RFC 9110, section 10.2.3: Retry-After is a number of seconds or a date.
function waitOf(headers: Headers, retries: number, now: number): number {
  const value = headers.get('retry-after')?.trim();
  if (value && /^\d+$/.test(value)) return Number(value) * 1000;
  const date = value ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? Math.min(250 * 2 ** retries, 10_000) : Math.max(date - now, 0);
}

function refused(url: string, { method, path }: Request, { status, headers, data }: Answer): ImportFailure {
  const place = `${method} ${url}${path}: ${status}`;
  const told = problem.safeParse(data);
  if (!told.success) {
    const moved = headers.get('location');
    return new ImportFailure(
      moved && status < 400 ? `${place}, moved to ${moved}. Is --url right?` : `${place}, and not as Understory answers. Is --url right?`,
    );
  }
  const { title, detail, errors = [], instance } = told.data;
  const id = instance ?? headers.get('x-request-id');
  const mistakes = errors.map(({ path: pointer, message }) => `${pointer} ${message}`.trim());
  return new ImportFailure(`${place} ${[title, detail, ...mistakes].filter(Boolean).join('; ')}${id ? ` (request ${id})` : ''}`);
}
