import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { understory } from '../../../client/index.ts';
import type { RouteName } from '../../../contract/route-contract.ts';
import { type Runtime, startRuntime } from '../../../local/runtime.ts';
import { signToken, siteSecret } from '../../../local/token.ts';
import { parseAnswer } from '../../support/contract.ts';
import { type Answer, admin, type Client, client, desk, eventually, isJson, mo } from '../client.ts';
import { note } from './coverage.ts';
import { operationOf } from './description.ts';

const directory = mkdtempSync(join(tmpdir(), 'understory-contract-'));
let runtime: Runtime;

export async function startApi(): Promise<void> {
  runtime = await startRuntime({ port: 0, dataDir: join(directory, 'store') });
}

export async function stopApi(): Promise<void> {
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
}

export const baseUrl = (): string => runtime.url;

/** Waits until all that was written is screened and counted. */
export const settled = (): Promise<void> => runtime.drained(30_000);

/** Sends a request; every answer is noted, and has to be what is published of its operation. */
const observed: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const sent = await request.clone().text();
  const response = await fetch(request);
  const { method, headers: requestHeaders } = request;
  const { status, headers } = response;
  const url = new URL(request.url);
  note({ method, url, requestHeaders, body: jsonIn(sent), status, headers });
  const operation = operationOf(method, url.pathname);
  if (operation !== undefined) {
    const text = await response.clone().text();
    parseAnswer(operation.operationId as RouteName, { status, headers, ...(isJson(headers) ? { json: jsonIn(text) } : { text }) });
  }
  return response;
};

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const ask: Client = (request, options) => client(runtime.url, observed)(request, options);

/** The typed client of somebody; without a name, of anybody. */
export const as = (sub?: string, ...roles: string[]) =>
  understory({
    baseUrl: runtime.url,
    fetch: observed,
    token: () => (sub === undefined ? undefined : signToken({ sub, name: sub, roles }, siteSecret())),
  });

/** Expects a refusal, and gives it. */
export async function refused(asked: Promise<Answer>, status: number, code: string): Promise<Answer> {
  const answer = await asked;
  expect({ status: answer.status, type: answer.json?.type }, JSON.stringify(answer.json)).toEqual({ status, type: `/problems/${code}` });
  return answer;
}

/** Expects an answer of this status, and gives it. */
export async function taken(asked: Promise<Answer>, status = 200): Promise<Answer> {
  const answer = await asked;
  expect(answer.status, JSON.stringify(answer.json)).toBe(status);
  return answer;
}

/** Puts an article where it was not. */
export const publish = (id: string, fields: object = {}): Promise<Answer> =>
  taken(ask(`PUT /v1/articles/${id}`, { as: desk, body: { title: `About ${id}`, ...fields } }), 201);

/** Posts a comment and gives its id. */
export async function post(sub: string, articleId: string, body: string, parentId?: string): Promise<string> {
  const fields = { body, ...(parentId !== undefined && { parentId }) };
  return (await taken(ask(`POST /v1/articles/${articleId}/comments`, { as: { sub }, body: fields }), 201)).json.id;
}

/** Decides on a comment as a moderator. */
export const decide = (articleId: string, commentId: string, action: string): Promise<Answer> =>
  taken(ask('POST /v1/moderation/decisions', { as: mo, body: { decisions: [{ articleId, commentId, action }] } }));

/** Puts a policy in force. */
export const putPolicy = (policy: object): Promise<Answer> =>
  taken(ask('PUT /v1/moderation/policy', { as: admin, body: policy, headers: { 'if-match': '*' } }));

/** Asks for a list until it is as long as wanted: an index follows a moment later. */
export const listed = (path: `/${string}`, length: number, options: Parameters<Client>[1] = {}): Promise<Answer> =>
  eventually(
    () => taken(ask(`GET ${path}`, options)),
    ({ json }) => json.items.length === length,
  );
