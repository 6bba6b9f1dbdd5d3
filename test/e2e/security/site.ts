import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Runtime, startRuntime } from '../../../local/runtime.ts';
import { signToken, siteSecret } from '../../../local/token.ts';
import { type Answer, type Ask, type Client, client, eventually } from '../client.ts';
import type { WireRequest } from '../nonsense/requests.ts';
import { send } from '../nonsense/wire.ts';
import { closeIssuers, openIssuers } from './issuers.ts';

const directory = mkdtempSync(join(tmpdir(), 'understory-security-'));
const troubles: string[] = [];
let runtime: Runtime;

/** In every id, name, text and key of this suite that tells of a person: no log may ever have it. */
export const mark = `mark${randomUUID().slice(0, 8)}`;

/** Every token that was sent, and every answer that came. */
export const sent = new Set<string>();
export const answers: { request: string; status: number; headers: Record<string, string>; text: string }[] = [];

/** One runtime for the whole suite: the stack as it deploys, with issuers of every kind. */
export async function openSite(): Promise<void> {
  const local = JSON.parse(readFileSync(new URL('../../../config/local.json', import.meta.url), 'utf8'));
  const configuration = join(directory, 'configuration.json');
  writeFileSync(configuration, JSON.stringify({ ...local, identity: { ...local.identity, providers: await openIssuers() } }));
  runtime = await startRuntime({ port: 0, dataDir: join(directory, 'store'), configuration, onProblem: (line) => troubles.push(line) });
}

export async function closeSite(): Promise<void> {
  await runtime?.stop();
  await closeIssuers();
  rmSync(directory, { recursive: true, force: true });
}

export const port = (): number => Number(new URL(runtime.url).port);
export const tables = (): readonly string[] => runtime.tables;

/** Waits until all that was written is screened and counted. */
export const settled = (): Promise<void> => runtime.drained(30_000);

/** What went wrong in the runtime itself: nothing that is asked from outside may break it. */
export const troublesSoFar = (): readonly string[] => troubles;

/** All that the functions have printed. */
export function functionLogs(): string {
  const logs = join(directory, 'store', 'logs');
  return readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('');
}

type Person = NonNullable<Ask['as']>;

/** Somebody of this suite; the mark makes sure that they are recognised wherever they turn up. */
export const person = (who: string, ...roles: string[]): Person => ({ sub: `${who}-${mark}`, name: `${who} of ${mark}`, roles });

export const publisher = person('publisher', 'publisher');
export const moderator = person('moderator', 'moderator');
export const admin = person('admin', 'admin');

/** What every request tells of its sender besides: an address that a proxy has seen, and a program. */
const sender = { 'x-forwarded-for': '203.0.113.77', 'user-agent': `browser of ${mark}` };

const observed: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  noteToken(request.headers.get('authorization'));
  const response = await fetch(request);
  const { pathname, search } = new URL(request.url);
  note(`${request.method} ${pathname}${search}`, response.status, Object.fromEntries(response.headers), await response.clone().text());
  return response;
};

export const ask: Client = (request, options = {}) =>
  client(runtime.url, observed)(request, { ...options, headers: { ...sender, ...options.headers } });

/** Asks for a target exactly as it is written, which `fetch` would tidy up. */
export async function askRaw(method: string, target: string, headers: Record<string, string> = {}): Promise<Answer> {
  noteToken(headers.authorization);
  const request: WireRequest = { route: 'getHealth', method, target, headers: { ...sender, ...headers } };
  const { status, headers: named, json, text = '' } = await send(runtime.url, request);
  note(`${method} ${target}`, status, named as Record<string, string>, text);
  return { status, headers: new Headers(named as Record<string, string>), json, text };
}

function noteToken(authorization: string | null | undefined): void {
  if (authorization) sent.add(authorization.replace(/^\S+ /, ''));
}

export function note(request: string, status: number, headers: Record<string, string>, text: string): void {
  answers.push({ request, status, headers, text });
}

export const bearer = async (as: Person): Promise<string> => `Bearer ${await signToken({ name: as.sub, ...as }, siteSecret())}`;

/** Expects an answer of this status, and gives it. */
export async function answered(asked: Promise<Answer>, status: number): Promise<Answer> {
  const answer = await asked;
  expect(answer.status, answer.text.slice(0, 500)).toBe(status);
  return answer;
}

export const publish = (articleId: string, fields: object = {}): Promise<Answer> =>
  answered(ask(`PUT /v1/articles/${articleId}`, { as: publisher, body: { title: `About ${articleId}`, ...fields } }), 201);

/** Posts a comment that is taken; gives its id. */
export async function post(as: Person, articleId: string, text: string): Promise<string> {
  const body = { body: `${text} (${mark})` };
  return (await answered(ask(`POST /v1/articles/${articleId}/comments`, { as, body }), 201)).json.id;
}

export const decide = (articleId: string, commentId: string, action: string): Promise<Answer> =>
  answered(ask('POST /v1/moderation/decisions', { as: moderator, body: { decisions: [{ articleId, commentId, action }] } }), 200);

export const putPolicy = (policy: object): Promise<Answer> =>
  answered(ask('PUT /v1/moderation/policy', { as: admin, body: policy, headers: { 'if-match': '*' } }), 200);

/** Asks for a list until it is as long as wanted: an index follows a moment later. */
export const listed = (path: `/${string}`, length: number, options: Ask = {}): Promise<Answer> =>
  eventually(
    () => answered(ask(`GET ${path}`, options), 200),
    ({ json }) => json.items.length === length,
  );
