import { expect } from 'vitest';
import type * as z from 'zod';
import { problemTypes } from '#http/problem.ts';
import { contract } from '../../contract/contract.ts';
import { type ServedRoute, servedRoutes } from '../../contract/endpoints.ts';
import { problem, throttled } from '../../contract/problem.ts';
import { refusalsOf } from '../../contract/refusals.ts';
import { type RouteName, tellsLocation } from '../../contract/route-contract.ts';

/** An answer as any of the test clients gives it. */
export interface Answered {
  status: number;
  headers: Headers | Readonly<Record<string, string>>;
  /** The body read as JSON; as text where it is none. */
  json?: unknown;
  text?: string;
}

const served = new Map((await servedRoutes()).map((route) => [route.name, route]));

/**
 * Expects that an answer keeps to everything that is published of its route: a status that is described, a body that its
 * schema takes without a field too many, and the headers that come with it.
 *
 * @returns the body as the schema reads it
 */
export function parseAnswer(name: RouteName, answer: Answered): unknown {
  const route = served.get(name);
  if (route === undefined) throw new Error(`no entry serves ${name}`);
  const header = headersOf(answer);
  if (answer.status === 429 && header('content-type') === 'application/json') return parsed(throttled, answer);
  expect(header('x-request-id')).toMatch(/./);
  expect(header('x-content-type-options')).toBe('nosniff');
  if (answer.status >= 400) return parseRefusal(route, answer, header);
  if (answer.status === 304) {
    expect(route.method).toBe('GET');
    expect(bodyOf(answer) ?? '').toBe('');
    return undefined;
  }
  return parseSuccess(route, answer, header);
}

type Header = (name: string) => string | undefined;

function parseRefusal(route: ServedRoute, answer: Answered, header: Header): unknown {
  expect(header('content-type')).toBe('application/problem+json');
  expect(header('cache-control')).toBe('private, no-store');
  const refusal = parsed(problem, answer);
  expect(refusal.status).toBe(answer.status);
  expect(refusal.instance).toBe(header('x-request-id'));
  const codes = refusalsOf(route).map((code) => `/problems/${code}: ${problemTypes[code].status} ${problemTypes[code].title}`);
  expect(codes, `${route.name} answered: ${refusal.detail}`).toContain(`${refusal.type}: ${refusal.status} ${refusal.title}`);
  if (answer.status === 400 || answer.status === 422) expect(refusal.errors?.length).toBeGreaterThan(0);
  if (answer.status === 401) expect(header('www-authenticate')).toMatch(/^Bearer/);
  if (answer.status === 429 || answer.status === 503) expect(header('retry-after')).toMatch(/^\d+$/);
  return refusal;
}

function parseSuccess(route: ServedRoute, answer: Answered, header: Header): unknown {
  const { answers, revisioned, limited } = contract[route.name];
  const expected = answers[answer.status as keyof typeof answers];
  const isOther = expected?.otherwise !== undefined && header('content-type')?.startsWith(`${expected.otherwise.media};`);
  const described = isOther ? expected.otherwise : expected;
  if (described === undefined) throw new Error(`${route.name} is not described to answer ${answer.status}`);
  expect(header('cache-control')).toMatch(
    route.access === 'public' ? /^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$/ : /^private, no-store$/,
  );
  if (tellsLocation(route, answer.status)) expect(header('location')).toMatch(/^\/v1\//);
  // A post that is sent again charges nothing, and tells no quota.
  if (limited) expect(header('ratelimit') === undefined).toBe(header('ratelimit-policy') === undefined);
  if (described.schema === undefined) {
    expect(bodyOf(answer) ?? '').toBe('');
    return undefined;
  }
  expect(header('content-type')).toBe(`${described.media}; charset=utf-8`);
  if (route.access === 'public' || revisioned) expect(header('etag')).toMatch(revisioned ? /^"\d+\.[\w-]+"$/ : /^"[\w-]+"$/);
  return parsed(described.schema, answer);
}

function parsed<T>(schema: z.ZodType<T>, answer: Answered): T {
  const outcome = schema.safeParse(bodyOf(answer));
  expect(outcome.error?.issues ?? [], JSON.stringify(bodyOf(answer))?.slice(0, 2_000)).toEqual([]);
  return outcome.data as T;
}

const bodyOf = ({ json, text }: Answered): unknown => json ?? text;

const headersOf = ({ headers }: Answered): Header =>
  headers instanceof Headers ? (name) => headers.get(name) ?? undefined : (name) => headers[name];
