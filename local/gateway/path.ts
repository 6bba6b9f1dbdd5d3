/** The parts of a request's target that routes and events are made of; `undefined` where it is malformed. */
export interface Target {
  /** Percent-decoded: so API Gateway hands it to HTTP API integrations, as `rawPath`. */
  readonly path: string;
  /** The path's parts between slashes, percent-decoded. An encoded slash separates nothing. */
  readonly segments: readonly string[];
  /** As it was sent. */
  readonly rawQueryString: string;
  /** Decoded; values of one name are joined by commas. `undefined` if there are none, for the event then has no such field. */
  readonly queryStringParameters: Readonly<Record<string, string>> | undefined;
}

/**
 * Takes a request's target apart. Malformed percent-encoding is refused by API Gateway itself, with 400.
 * @param url the target as node:http gives it: a path, perhaps with a query
 */
export function parseTarget(url: string): Target | undefined {
  if (!url.startsWith('/')) return undefined;
  const mark = url.indexOf('?');
  const rawPath = mark === -1 ? url : url.slice(0, mark);
  const rawQueryString = mark === -1 ? '' : url.slice(mark + 1);
  try {
    const encoded = rawPath.includes('%');
    const raw = rawPath.slice(1).split('/');
    return {
      path: encoded ? decodeURIComponent(rawPath) : rawPath,
      segments: encoded ? raw.map(decodeURIComponent) : raw,
      rawQueryString,
      queryStringParameters: rawQueryString === '' ? undefined : parseQuery(rawQueryString),
    };
  } catch {
    return undefined;
  }
}

function parseQuery(query: string): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  let found = false;
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    found = true;
    const sign = pair.indexOf('=');
    const name = decode(sign === -1 ? pair : pair.slice(0, sign));
    const value = sign === -1 ? '' : decode(pair.slice(sign + 1));
    const earlier = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    // A name such as __proto__ is an ordinary parameter.
    const joined = earlier === undefined ? value : `${earlier},${value}`;
    Object.defineProperty(parameters, name, { value: joined, enumerable: true, writable: true, configurable: true });
  }
  return found ? parameters : undefined;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}
