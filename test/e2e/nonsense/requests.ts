import fc from 'fast-check';
import { type OpenApiDocument, writeDocument } from '../../../contract/document.ts';
import type { JsonSchema } from '../../../contract/json-schema.ts';
import type { RouteName } from '../../../contract/route-contract.ts';
import { mutated, sensibleValue, strangeText, strangeValue } from './values.ts';

/** One request as it goes over the wire. */
export interface WireRequest {
  route: RouteName;
  method: string;
  /** Percent-encoded, with its query. */
  target: string;
  headers: Record<string, string>;
  body?: string;
}

/** What the requests are made of besides the description. */
export interface Stock {
  /** Articles with comments of theirs. */
  threads: readonly Thread[];
  /** Good values of `Authorization`, by role; `member` has none. */
  authorizations: Readonly<Record<string, readonly string[]>>;
  /** Values that nobody is let in by. */
  refused: readonly string[];
}

export interface Thread {
  articleId: string;
  commentIds: readonly string[];
  /** Where a page of its comments ended. */
  cursor: string;
}

/** Requests to every route of the description: right ones, nearly right ones, and nonsense. */
export async function nonsense(stock: Stock): Promise<fc.Arbitrary<WireRequest>> {
  const document = await writeDocument();
  const requests = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      stock.threads.map((thread) => requestTo(method.toUpperCase(), path, { operation, document, stock, thread })),
    ),
  );
  return fc.oneof(...requests);
}

interface Setting {
  operation: OpenApiDocument['paths'][string][string];
  document: OpenApiDocument;
  stock: Stock;
  thread: Thread;
}

function requestTo(method: string, path: string, setting: Setting): fc.Arbitrary<WireRequest> {
  const { operation, document, thread } = setting;
  const { parameters, operationId } = operation;
  const { schemas } = document.components;
  const of = (place: string) => parameters.flatMap((each) => ('schema' in each && each.in === place ? [each] : []));
  const textOf = ({ name, schema }: { name: string; schema: JsonSchema }): fc.Arbitrary<string | undefined> => {
    // A random cursor is refused whatever else is asked, so it is left out more often than not.
    const sensible =
      name === 'cursor' ? fc.constantFrom(undefined, undefined, thread.cursor) : sensibleValue(schema, schemas, thread).map(String);
    return fc.oneof({ weight: 9, arbitrary: sensible }, { weight: 1, arbitrary: strangeText });
  };
  const textsOf = (place: string, requiredKeys?: []) =>
    fc.record(Object.fromEntries(of(place).map((parameter) => [parameter.name, textOf(parameter)])), requiredKeys && { requiredKeys });
  const query = fc.oneof(
    { weight: 4, arbitrary: textsOf('query', []) },
    { weight: 1, arbitrary: fc.dictionary(strangeText, strangeText, { maxKeys: 3 }) },
  );
  return fc.record({ segments: textsOf('path'), query, headers: headersTo(setting), body: bodyTo(setting) }).map((made) => {
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(made.segments[name] ?? ''));
    const pairs = Object.entries(made.query).flatMap(([name, value]) => (value === undefined ? [] : `${encoded(name)}=${encoded(value)}`));
    return {
      route: operationId,
      method,
      target: pairs.length === 0 ? address : `${address}?${pairs.join('&')}`,
      headers: made.headers,
      ...(made.body !== undefined && { body: made.body }),
    };
  });
}

/** What fits into a request line: longer ones the gateway refuses before any function hears of them. */
const encoded = (text: string) => encodeURIComponent(text.slice(0, 300).toWellFormed());

/** A part of a path has to be there at all, or the path would be another one. */
const segment = (text: string) => (/^\.{0,2}$/.test(text) ? '%20' : encoded(text));

function headersTo({ operation, stock }: Setting): fc.Arbitrary<Record<string, string>> {
  const value = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('*', 'W/"1"', '"1.abc"', '1', '"0", "1"', 'gzip', 'é'));
  const match = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('*', '"1"', '"2"') }, { weight: 1, arbitrary: value });
  const roles = operation.security.flatMap(({ token }) => (token.length === 0 ? ['member'] : token));
  const fitting = roles.flatMap((role) => stock.authorizations[role] ?? []);
  const everybody = Object.values(stock.authorizations).flat();
  return fc
    .record(
      {
        authorization: fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...(fitting.length === 0 ? everybody : fitting)) },
          { weight: 1, arbitrary: fc.constantFrom(...everybody) },
          { weight: 1, arbitrary: fc.oneof(fc.constantFrom(...stock.refused), value) },
        ),
        'content-type': fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8') },
          { weight: 1, arbitrary: fc.constantFrom('text/plain', 'multipart/form-data', 'application/jsonp', '') },
        ),
        'if-match': match,
        'if-none-match': value,
        'idempotency-key': value,
        origin: fc.constantFrom('http://localhost:3000', 'https://evil.example', 'null'),
        'accept-encoding': value,
      },
      { requiredKeys: ['authorization', 'content-type'] },
    )
    .map((headers) => Object.fromEntries(Object.entries(headers).filter(([, text]) => text.trim() !== '')));
}

function bodyTo({ operation, document, thread }: Setting): fc.Arbitrary<string | undefined> {
  if (operation.requestBody === undefined) {
    return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: strangeText });
  }
  const { schema, example } = operation.requestBody.content['application/json'];
  const described = sensibleValue(schema, document.components.schemas, thread);
  const right = fc.oneof({ weight: 2, arbitrary: described }, { weight: 1, arbitrary: fc.constant<unknown>(example) });
  return fc.oneof(
    { weight: 5, arbitrary: right.map(json) },
    { weight: 4, arbitrary: mutated(right).map(json) },
    { weight: 1, arbitrary: strangeValue.map(json) },
    { weight: 1, arbitrary: fc.tuple(right, fc.nat()).map(([value, at]) => json(value).slice(0, at % (json(value).length + 1))) },
    { weight: 1, arbitrary: strangeText },
  );
}

const json = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
