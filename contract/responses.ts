import { type ProblemCode, problemTypes } from '#http/problem.ts';
import { contract } from './contract.ts';
import type { ServedRoute } from './endpoints.ts';
import { type HeaderName, headersOf } from './headers.ts';
import type { JsonSchema, SchemaWriter } from './json-schema.ts';
import { problem, throttled } from './problem.ts';
import { refusalsOf } from './refusals.ts';
import { type Answer, tellsLocation } from './route-contract.ts';

interface Response {
  description: string;
  headers: ReturnType<typeof headersOf>;
  content?: Record<string, { schema: JsonSchema }>;
}

type Reference = { $ref: string };

/** Writes what routes answer; what many of them answer alike goes to `components` and is referred to. */
export class ResponseWriter {
  readonly components = new Map<string, Response>();
  readonly #schemas: SchemaWriter;

  constructor(schemas: SchemaWriter) {
    this.#schemas = schemas;
  }

  /** Every status that a route may answer with. */
  write(route: ServedRoute): Record<string, Response | Reference> {
    const { answers, revisioned = false, limited = false } = contract[route.name];
    const validated = revisioned || route.access === 'public';
    const responses: Record<string, Response | Reference> = {};
    for (const [status, answer] of Object.entries(answers)) {
      responses[status] = this.#answer(answer, [
        ...(validated && answer.schema !== undefined ? (['ETag'] as const) : []),
        ...(tellsLocation(route, Number(status)) ? (['Location'] as const) : []),
        ...(answer.otherwise ? (['Link'] as const) : []),
        ...(limited ? (['RateLimit', 'RateLimitPolicy'] as const) : []),
        ...(route.access === 'public' ? (['PublicCache', 'Vary'] as const) : (['PrivateCache'] as const)),
      ]);
    }
    if (route.method === 'GET' && validated) responses[304] = this.#refer('NotModified', notModified);
    const refusals = Map.groupBy(refusalsOf(route), (code) => problemTypes[code].status);
    for (const [status, codes] of refusals) responses[status] = this.#refer(nameOf(codes), this.#refusal(status, codes));
    // Besides a member's own quota, API Gateway bounds all requests together.
    responses[429] ??= this.#refer('Throttled', this.#throttle());
    return responses;
  }

  #refer(name: string, response: Response): Reference {
    this.components.set(name, response);
    return { $ref: `#/components/responses/${name}` };
  }

  #answer(answer: Answer, headers: readonly HeaderName[]): Response {
    const content = this.#content(answer);
    return { description: answer.description, headers: headersOf(headers), ...(Object.keys(content).length > 0 && { content }) };
  }

  #content({ media, schema, otherwise }: Answer): NonNullable<Response['content']> {
    return {
      ...(media && schema && { [media]: { schema: this.#schemas.answer(schema) } }),
      ...(otherwise && this.#content(otherwise)),
    };
  }

  #refusal(status: number, codes: readonly ProblemCode[]): Response {
    return {
      description: codes.map((code) => `\`${code}\`: ${problemTypes[code].title}.`).join(' '),
      headers: headersOf(['PrivateCache', ...refusalHeaders(status)]),
      content: {
        'application/problem+json': { schema: this.#schemas.answer(problem) },
        ...(status === 429 && this.#throttle().content),
      },
    };
  }

  #throttle(): Response {
    return {
      description: 'More requests reach the whole service than it is set to take; API Gateway says so in its own words.',
      headers: {},
      content: { 'application/json': { schema: this.#schemas.answer(throttled) } },
    };
  }
}

const notModified: Response = { description: 'What the client has is still the same.', headers: headersOf(['ETag']) };

function refusalHeaders(status: number): HeaderName[] {
  if (status === 401) return ['Challenge'];
  if (status === 429) return ['RetryAfter', 'RateLimit', 'RateLimitPolicy'];
  return status === 503 ? ['RetryAfter'] : [];
}

const nameOf = (codes: readonly ProblemCode[]) =>
  codes.map((code) => code.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())).join('Or');
