import { Problem } from '../../problem.ts';
import { compileRule, type Rule } from './rules.ts';

type Matcher = (value: unknown) => boolean;

/**
 * Compiles an event filter ("Filter rule syntax" in "Control which events Lambda sends to your function", AWS Lambda Developer Guide):
 * all keys of a pattern have to match, and of each list one rule; `$or` takes one of several patterns.
 * @param text the pattern as JSON
 * @throws Problem for a pattern or a rule that is not understood
 */
export function compilePattern(text: string): Matcher {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (cause) {
    throw new Problem(`The filter ${text} is not JSON`, { cause });
  }
  return compileObject(pattern, 'filter');
}

/** Lets a record through that matches any of the patterns; with none, all. */
export function compileFilter(patterns: readonly string[]): Matcher {
  const matchers = patterns.map(compilePattern);
  return matchers.length === 0 ? () => true : (record) => matchers.some((matches) => matches(record));
}

function compileObject(pattern: unknown, path: string): Matcher {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) throw new Problem(`${path}: expected an object of keys`);
  const parts = Object.entries(pattern).map(([key, value]) => (key === '$or' ? compileOr(value, path) : compileKey(key, value, path)));
  return (value) => parts.every((matches) => matches(value));
}

function compileOr(alternatives: unknown, path: string): Matcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2) throw new Problem(`${path}.$or: expected a list of two patterns or more`);
  const matchers = alternatives.map((alternative, index) => compileObject(alternative, `${path}.$or[${index}]`));
  return (value) => matchers.some((matches) => matches(value));
}

function compileKey(key: string, pattern: unknown, path: string): Matcher {
  const where = `${path}.${key}`;
  if (!Array.isArray(pattern)) {
    const inner = compileObject(pattern, where);
    return (value) => inner(member(value, key));
  }
  if (pattern.length === 0) throw new Problem(`${where}: an empty list matches nothing`);
  const rules = pattern.map((rule) => compileRule(rule, where));
  return (value) => matchesAny(rules, member(value, key));
}

/** A list in the record matches through any of its elements. Only `exists` is about what is there, whatever it is. */
function matchesAny(rules: readonly Rule[], value: unknown): boolean {
  return rules.some((rule) => {
    if (rule.kind === 'presence') return (isLeaf(value) && value !== undefined) === rule.present;
    if (value === undefined) return false;
    return Array.isArray(value) ? value.some(rule.matches) : rule.matches(value);
  });
}

/** "The exists rule works on leaf nodes only." */
function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Array.isArray(value);
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
