import { Problem } from '../problem.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What names in a template stand for. */
export interface References {
  /** `Ref`, of a resource, a parameter or a pseudo parameter. */
  ref(name: string): string;
  /** `Fn::GetAtt`. */
  attribute(logicalId: string, name: string): string;
}

/**
 * A template value with its intrinsic functions carried out ("Intrinsic function reference", AWS CloudFormation User Guide).
 * @returns `undefined` for `AWS::NoValue`
 * @throws Problem for an intrinsic that the laptop does not know
 */
export function resolve(value: Json, references: References): Json | undefined {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((element) => resolve(element, references)).filter((element) => element !== undefined);
  const entries = Object.entries(value);
  const [first] = entries;
  if (first !== undefined && entries.length === 1 && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    return evaluate(first[0], first[1], references);
  }
  const resolved = entries.map(([key, element]) => [key, resolve(element, references)] as const);
  return Object.fromEntries(resolved.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function evaluate(name: string, argument: Json, references: References): Json | undefined {
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? undefined : references.ref(text(argument, name));
    case 'Fn::GetAtt': {
      const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument, name);
      return references.attribute(text(logicalId, name), attribute.map((part) => text(resolve(part, references), name)).join('.'));
    }
    case 'Fn::Join': {
      const [separator, parts] = list(argument, name);
      return list(resolve(parts ?? null, references), name)
        .map((part) => text(part, name))
        .join(text(separator, name));
    }
    case 'Fn::Sub':
      return substitute(argument, references);
    case 'Fn::Select': {
      const [index, candidates] = list(argument, name);
      const selected = list(resolve(candidates ?? null, references), name)[Number(resolve(index ?? null, references))];
      if (selected === undefined) throw new Problem(`Fn::Select has no element ${JSON.stringify(index)}`);
      return selected;
    }
    case 'Fn::Split': {
      const [separator, whole] = list(argument, name);
      return text(resolve(whole ?? null, references), name).split(text(separator, name));
    }
    default:
      throw new Problem(`The laptop does not understand ${name} in the template`);
  }
}

function substitute(argument: Json, references: References): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, 'Fn::Sub');
  const own = resolve(variables ?? {}, references) as Readonly<Record<string, Json>>;
  return text(template, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return text(own[name], 'Fn::Sub');
    const [logicalId = '', ...attribute] = name.split('.');
    return attribute.length > 0 ? references.attribute(logicalId, attribute.join('.')) : references.ref(name);
  });
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function list(value: Json | undefined, intrinsic: string): readonly Json[] {
  if (value !== undefined && isList(value)) return value;
  throw new Problem(`${intrinsic} got ${JSON.stringify(value)} where it takes a list`);
}

function text(value: Json | undefined, intrinsic: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Problem(`${intrinsic} got ${JSON.stringify(value)} where it takes a string`);
}
