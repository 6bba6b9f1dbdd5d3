import { Problem } from '../problem.ts';

/** A route with what the request's path gave for its variables. */
export interface Match<T> {
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  variable?: Node<T>;
  /** By method, `ANY` included. */
  readonly routes: Map<string, Leaf<T>>;
  readonly greedy: Map<string, Leaf<T>>;
}

interface Leaf<T> {
  readonly route: T;
  /** Position of each variable's segment, counted from 0. */
  readonly variables: readonly { readonly name: string; readonly position: number }[];
}

/**
 * Finds the route of a request, most specific first: every segment literal before variable, then `{name+}`, then `$default`; a route with
 * the method itself before one with `ANY` ("Create routes for HTTP APIs in API Gateway", Amazon API Gateway Developer Guide).
 * HEAD is a method like any other there: no GET route answers it.
 */
export class RouteTable<T extends { readonly key: string }> {
  readonly #root: Node<T> = emptyNode();
  #fallback: T | undefined;

  constructor(routes: readonly T[]) {
    for (const route of routes) this.#add(route);
  }

  /** @param segments the path's parts between slashes, percent-decoded */
  find(method: string, segments: readonly string[]): Match<T> | undefined {
    const leaf = search(this.#root, method, segments, 0);
    if (leaf !== undefined) return { route: leaf.route, pathParameters: parametersOf(leaf, segments) };
    return this.#fallback && { route: this.#fallback, pathParameters: undefined };
  }

  #add(route: T): void {
    if (route.key === '$default') {
      this.#fallback = route;
      return;
    }
    const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(route.key) ?? [];
    if (method === undefined || path === undefined) throw new Problem(`The gateway does not understand the route ${route.key}`);
    let node = this.#root;
    const variables: { name: string; position: number }[] = [];
    for (const [position, segment] of path.slice(1).split('/').entries()) {
      const name = /^\{([^}+]+)(\+?)\}$/.exec(segment);
      if (name?.[1] === undefined) {
        node = child(node.literals, segment);
        continue;
      }
      variables.push({ name: name[1], position });
      if (name[2] === '+') {
        node.greedy.set(method, { route, variables });
        return;
      }
      node.variable ??= emptyNode();
      node = node.variable;
    }
    node.routes.set(method, { route, variables });
  }
}

function emptyNode<T>(): Node<T> {
  return { literals: new Map(), routes: new Map(), greedy: new Map() };
}

function child<T>(nodes: Map<string, Node<T>>, segment: string): Node<T> {
  const node = nodes.get(segment) ?? emptyNode<T>();
  nodes.set(segment, node);
  return node;
}

function search<T>(node: Node<T>, method: string, segments: readonly string[], position: number): Leaf<T> | undefined {
  const segment = segments[position];
  if (segment === undefined) return node.routes.get(method) ?? node.routes.get('ANY');
  const literal = node.literals.get(segment);
  const found =
    (literal && search(literal, method, segments, position + 1)) ??
    (node.variable && segment !== '' ? search(node.variable, method, segments, position + 1) : undefined);
  return found ?? node.greedy.get(method) ?? node.greedy.get('ANY');
}

function parametersOf<T>({ route, variables }: Leaf<T> & { route: { readonly key: string } }, segments: readonly string[]) {
  if (variables.length === 0) return undefined;
  const parameters: Record<string, string> = {};
  for (const { name, position } of variables) {
    const greedy = route.key.endsWith(`{${name}+}`);
    parameters[name] = greedy ? segments.slice(position).join('/') : (segments[position] ?? '');
  }
  return parameters;
}
