import fc from 'fast-check';
import type { JsonSchema } from '../../../contract/json-schema.ts';

/** Texts that programs stumble over: other scripts, half characters, markers of other languages, sheer length. */
export const strangeText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\0',
      '\u202e\u2066text',
      '\ud800',
      'a\u0300'.repeat(2_000),
      '🏳️‍🌈'.repeat(300),
      '__proto__',
      'constructor',
      'toString',
      'null',
      'undefined',
      'NaN',
      '-1',
      '1e999',
      '9'.repeat(400),
      '../../etc/passwd',
      '%00',
      '%2e%2e%2f',
      '<script>alert(1)</script>',
      '[a](javascript:alert(1))',
      '*'.repeat(5_000),
      '['.repeat(3_000),
      '> '.repeat(1_000),
      '`'.repeat(4_999),
      "' OR 1=1 --",
      '#pk',
      ':revision',
      'A#story',
      'https://[::1',
      'https://ünï.example/%',
      '2026-02-30T25:61:61Z',
      '+275760-09-13T00:00:00.001Z',
      '0000-01-01T00:00:00+23:59',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 70_000 }).map((length) => 'long '.repeat(length / 5)) },
);

/** JSON of any shape at all. */
export const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  strangeText,
  fc.constantFrom(null, true, false, 0, -0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(strangeText, fc.constantFrom(null, 1, 'x', {}), { maxKeys: 4 }),
  fc.integer({ min: 1, max: 2_000 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
);

export type Components = Readonly<Record<string, JsonSchema>>;

/** Ids that exist. */
interface Known {
  articleId: string;
  commentIds: readonly string[];
}

/** Values that a schema describes. */
export function sensibleValue(schema: JsonSchema, components: Components, known: Known): fc.Arbitrary<unknown> {
  const of = (inner: unknown) => sensibleValue((inner ?? {}) as JsonSchema, components, known);
  if (typeof schema.$ref === 'string') return referred(schema.$ref.split('/').at(-1) ?? '', components, known);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(variants)) return fc.oneof(...variants.map(of));
  const types = [schema.type ?? 'any'].flat();
  return fc.oneof(...types.map((type) => valueOfType(String(type), schema, of)));
}

function referred(name: string, components: Components, known: Known): fc.Arbitrary<unknown> {
  if (name === 'ArticleId') return fc.constant(known.articleId);
  if (name === 'CommentId') return fc.constantFrom(...known.commentIds);
  return sensibleValue(components[name] ?? {}, components, known);
}

function valueOfType(type: string, schema: JsonSchema, of: (inner: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { minimum = -10, maximum = 1_000, maxItems = 4, maxLength = 60 } = schema as Record<string, number>;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'array':
      return fc.array(of(schema.items), { minLength: Number(schema.minItems ?? 0), maxLength: Math.min(maxItems, 4) });
    case 'object':
      return objectOf(schema, of);
    case 'string':
      return textOf(schema, maxLength);
    default:
      return strangeValue;
  }
}

function textOf({ format, pattern }: JsonSchema, maxLength: number): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString());
  }
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc.oneof(fc.string({ minLength: 1, maxLength: Math.min(maxLength, 60) }), fc.lorem({ maxCount: 8 }), strangeText);
}

function objectOf({ properties = {}, required = [] }: JsonSchema, of: (inner: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties as Record<string, unknown>).map(([name, inner]) => [name, of(inner)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as string[] });
}

/** The same value with one thing wrong somewhere in it. */
export function mutated(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(value, strangeValue, strangeText, fc.nat()).map(([whole, wrong, name, at]) => {
    const copy: unknown = structuredClone(whole);
    const places = placesIn(copy);
    const place = places[at % (places.length + 1)];
    if (place === undefined) return wrong;
    const { holder, key } = place;
    if (at % 5 === 0) delete holder[key];
    else if (at % 5 === 1) Object.defineProperty(holder, name, { value: wrong, enumerable: true, configurable: true, writable: true });
    else holder[key] = wrong;
    return copy;
  });
}

interface Place {
  holder: Record<string, unknown>;
  key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}
