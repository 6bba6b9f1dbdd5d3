import { operationOf, operations, promisesOf } from './description.ts';

/** A request as it was sent, and its answer. */
export interface Exchange {
  method: string;
  url: URL;
  requestHeaders: Headers;
  body: unknown;
  status: number;
  headers: Headers;
}

/** What of the description was seen at work, told in the words of `promisesOf`. */
const seen = new Set<string>();

/** Notes what an exchange has exercised. */
export function note({ method, url, requestHeaders, body, status, headers }: Exchange): void {
  const operation = operationOf(method, url.pathname);
  if (operation === undefined) return;
  const { operationId: id, path, parameters, responses } = operation;
  const takes = (place: string, name: string, value: string | null | undefined) => {
    if (typeof value === 'string') seen.add(`${id} takes ${place} ${name}`).add(`${id} takes ${place} ${name}=${value}`);
  };

  seen.add(`${id} answers ${status}`);
  for (const name of Object.keys(responses[status]?.headers ?? {})) {
    if (headers.has(name)) seen.add(`${id} answers ${status} with ${name.toLowerCase()}`);
  }
  const segments = url.pathname.split('/');
  for (const [position, segment] of path.split('/').entries()) {
    if (segment.startsWith('{')) takes('path', segment.slice(1, -1).toLowerCase(), segments[position]);
  }
  for (const [name, value] of url.searchParams) takes('query', name.toLowerCase(), value);
  for (const { name } of parameters.filter((parameter) => parameter.in === 'header')) {
    takes('header', name.toLowerCase(), requestHeaders.get(name));
  }
  for (const field of fieldsIn(body)) seen.add(`${id} takes body${field}`);
}

/** The fields that a body has, and what they say; the items of a list are told like one. */
function* fieldsIn(value: unknown, at = ''): Generator<string> {
  yield at;
  if (Array.isArray(value)) for (const item of value) yield* fieldsIn(item, at);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) yield* fieldsIn(field, `${at}/${name}`);
  } else yield `${at}=${value}`;
}

/** What is published and was never seen. */
export const neverSeen = (): string[] =>
  [...new Set(operations.flatMap((operation) => [...promisesOf(operation)]))].filter((promise) => !seen.has(promise));
