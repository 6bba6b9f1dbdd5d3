import { Problem } from '../../problem.ts';

/** One element of a pattern's list. */
export type Rule =
  | { readonly kind: 'presence'; readonly present: boolean }
  | { readonly kind: 'value'; readonly matches: (value: unknown) => boolean };

/**
 * Compiles one rule. No npm library for these is maintained; the set is the one of Lambda's own table ("Filter rule syntax"), which is
 * smaller than EventBridge's.
 * @param path where it stands, for messages
 * @throws Problem for an operator that the table does not have
 */
export function compileRule(rule: unknown, path: string): Rule {
  if (isScalar(rule)) return { kind: 'value', matches: (value) => value === rule };
  const [entry, ...others] = Object.entries(rule as object);
  if (Array.isArray(rule) || entry === undefined || others.length > 0) throw new Problem(`${path}: ${JSON.stringify(rule)} is not a rule`);
  const [operator, operand] = entry;
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new Problem(`${path}: exists takes true or false`);
      return { kind: 'presence', present: operand };
    case 'prefix':
      return ofText(path, operator, operand, (value, text) => value.startsWith(text));
    case 'suffix':
      return ofText(path, operator, operand, (value, text) => value.endsWith(text));
    case 'equals-ignore-case':
      return ofText(path, operator, operand, (value, text) => value.toLowerCase() === text.toLowerCase());
    case 'anything-but':
      return anythingBut(path, operand);
    case 'numeric':
      return numeric(path, operand);
    default:
      throw new Problem(`${path}: the laptop does not understand the filter operator ${operator}`);
  }
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function ofText(path: string, operator: string, operand: unknown, matches: (value: string, text: string) => boolean): Rule {
  if (typeof operand !== 'string') throw new Problem(`${path}: ${operator} takes a string`);
  return { kind: 'value', matches: (value) => typeof value === 'string' && matches(value, operand) };
}

function anythingBut(path: string, operand: unknown): Rule {
  const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const refused = excluded.some((value) => typeof value !== 'string' && typeof value !== 'number');
  if (excluded.length === 0 || refused) throw new Problem(`${path}: anything-but takes strings or numbers`);
  return { kind: 'value', matches: (value) => isScalar(value) && !excluded.includes(value) };
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** One comparison, or two that are a range. DynamoDB's own numbers are strings in a record, which these never match. */
function numeric(path: string, operand: unknown): Rule {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4))
    throw new Problem(`${path}: numeric takes one or two comparisons`);
  const tests = [operand.slice(0, 2), operand.slice(2)]
    .filter((pair) => pair.length > 0)
    .map(([sign, bound]) => {
      const compare = typeof sign === 'string' ? comparisons[sign] : undefined;
      if (compare === undefined || typeof bound !== 'number')
        throw new Problem(`${path}: numeric does not understand ${JSON.stringify(operand)}`);
      return (value: number) => compare(value, bound);
    });
  return { kind: 'value', matches: (value) => typeof value === 'number' && tests.every((test) => test(value)) };
}
