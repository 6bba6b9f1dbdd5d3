import { readFileSync } from 'node:fs';

/** What is read here of JSON Schema. */
interface Schema {
  $ref?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: Schema;
}

interface DescribedOperation {
  operationId: string;
  security: { token: string[] }[];
  parameters: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { headers?: Record<string, unknown> }>;
}

/** An operation with where it is found. */
export interface Operation extends DescribedOperation {
  method: string;
  path: string;
  pattern: RegExp;
}

/** The description as it is published: what clients have, not what it is written from. */
const description = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, DescribedOperation>>;
};

/** Every operation, its references to parameters and responses followed. */
export const operations: readonly Operation[] = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...operation,
    method: method.toUpperCase(),
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    parameters: operation.parameters.map(follow),
    responses: Object.fromEntries(Object.entries(operation.responses).map(([status, response]) => [status, follow(response)])),
  })),
);

/** Follows a reference within the description. */
function follow<T extends object>(value: T): T {
  if (!('$ref' in value)) return value;
  const parts = String(value.$ref).split('/').slice(1);
  return parts.reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], description) as T;
}

/** The operation that a request is for. */
export const operationOf = (method: string, path: string): Operation | undefined =>
  operations.find((operation) => operation.method === method && operation.pattern.test(path));

/** Everything that is published of an operation, a line each: answers, their headers, parameters, fields, and the values that are listed. */
export function* promisesOf({ operationId: id, parameters, requestBody, responses }: Operation): Generator<string> {
  for (const [status, { headers = {} }] of Object.entries(responses)) {
    yield `${id} answers ${status}`;
    for (const header of Object.keys(headers)) yield `${id} answers ${status} with ${header.toLowerCase()}`;
  }
  for (const { in: place, name, schema } of parameters) yield* fieldsOf(schema, `${id} takes ${place} ${name.toLowerCase()}`);
  if (requestBody) yield* fieldsOf(requestBody.content['application/json'].schema, `${id} takes body`);
}

function* fieldsOf(schema: Schema, at: string): Generator<string> {
  const { enum: values, const: value, anyOf = [], oneOf = [], items, properties = {} } = follow(schema);
  yield at;
  for (const each of values ?? (value === undefined ? [] : [value])) yield `${at}=${each}`;
  for (const part of [...anyOf, ...oneOf, ...(items ? [items] : [])]) yield* fieldsOf(part, at);
  for (const [name, property] of Object.entries(properties)) yield* fieldsOf(property, `${at}/${name}`);
}
