import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { readJsonBody } from './body.ts';
import type { Caller } from './caller.ts';
import { type Precondition, readIfMatch } from './etag.ts';
import { Problem } from './problem.ts';
import type { Reply } from './reply.ts';
import { check, type Schema } from './validation.ts';

/** What an endpoint is handed: everything checked already, the moment of the call, and who calls. */
export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  now: Date;
  ifMatch: Precondition;
  /** The header `Idempotency-Key` as it was sent. */
  idempotencyKey: string | undefined;
  /** The header `Accept` as it was sent. */
  accept: string | undefined;
}

/** The schemas of what an endpoint takes: they check every request, and the published description is written from them. */
export interface Takes<Params = unknown, Query = unknown, Body = unknown> {
  params?: Schema<Params>;
  query?: Schema<Query>;
  body?: Schema<Body>;
  /** Bytes that the body may have, where that is more than usual. */
  bodyLimit?: number;
}

/** An endpoint anybody may call; its answers are the same for everybody, so they are cached. */
export interface PublicEndpoint {
  readonly kind: 'public';
  readonly takes: Takes;
  parse(event: APIGatewayProxyEventV2): ParsedCall;
}

/** A call checked and ready to run; `key` tells apart calls that may have different answers. */
export interface ParsedCall {
  key: string;
  run(now: Date): Promise<Reply>;
}

/** An endpoint for signed-in callers. */
export interface MemberEndpoint {
  readonly kind: 'signed-in';
  readonly takes: Takes;
  run(event: APIGatewayProxyEventV2, caller: Caller, now: Date): Promise<Reply>;
}

export function publicEndpoint<Params = unknown, Query = unknown>(
  definition: Omit<Takes<Params, Query, never>, 'body'> & {
    handle(call: Omit<Call<Params, Query, never>, 'body' | 'ifMatch' | 'idempotencyKey' | 'accept'>): Promise<Reply>;
  },
): PublicEndpoint {
  return {
    kind: 'public',
    takes: definition,
    parse: (event) => {
      const params = readParams(definition.params, event);
      const query = readQuery(definition.query, event);
      return { key: JSON.stringify([params, query]), run: (now) => definition.handle({ params, query, now }) };
    },
  };
}

export function endpoint<Params = unknown, Query = unknown, Body = unknown>(
  definition: Takes<Params, Query, Body> & { handle(call: Call<Params, Query, Body> & { caller: Caller }): Promise<Reply> },
): MemberEndpoint {
  return {
    kind: 'signed-in',
    takes: definition,
    run: async (event, caller, now) => {
      const params = readParams(definition.params, event);
      const query = readQuery(definition.query, event);
      const body = definition.body === undefined ? (undefined as Body) : readBody(definition.body, event, definition.bodyLimit);
      return definition.handle({
        params,
        query,
        body,
        now,
        caller,
        ifMatch: readIfMatch(event.headers['if-match']),
        idempotencyKey: event.headers['idempotency-key'],
        accept: event.headers.accept,
      });
    },
  };
}

/** A path that names what cannot exist is a path to nothing; where it would create something, the name breaks a rule. */
function readParams<T>(schema: Schema<T> = z.unknown() as Schema<T>, event: APIGatewayProxyEventV2): T {
  const creates = event.requestContext.http.method === 'PUT';
  return check(schema, event.pathParameters ?? {}, creates ? 'invalid' : 'not-found', 'The path names nothing that can exist.');
}

function readQuery<T>(schema: Schema<T> = z.unknown() as Schema<T>, event: APIGatewayProxyEventV2): T {
  return check(schema, event.queryStringParameters ?? {}, 'malformed-request', 'A query parameter is wrong.');
}

function readBody<T>(schema: Schema<T>, event: APIGatewayProxyEventV2, limit?: number): T {
  const body = readJsonBody(event, limit);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Problem('invalid', 'The body must be a JSON object.', { errors: [{ path: '', message: 'must be an object' }] });
  }
  return check(schema, body, 'invalid', 'The body breaks a rule.');
}
