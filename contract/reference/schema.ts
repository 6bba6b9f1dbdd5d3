import type { JsonSchema } from '../json-schema.ts';
import { type Html, html, none, prose } from './html.ts';

/** A schema's own section: its fields in a table, its example below. */
export function schemaSection(name: string, schema: JsonSchema): Html {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return html`<section class="schema" id="schema-${name}"><h3><a href="#schema-${name}">${name}</a></h3>${describe(schema)}
${example === undefined ? none : html`<details><summary>Example</summary><pre>${JSON.stringify(example, null, 2)}</pre></details>`}</section>`;
}

function describe(schema: JsonSchema): Html {
  const variants = (schema.oneOf ?? schema.anyOf) as JsonSchema[] | undefined;
  if (variants !== undefined) return html`<p>One of these:</p>${variants.map((variant) => describe(variant))}`;
  const text = typeof schema.description === 'string' ? html`<p>${prose(schema.description)}</p>` : none;
  return html`${text}${isObject(schema) ? fieldTable(schema) : html`<p class="type">${typeOf(schema)}</p>`}`;
}

const isObject = (schema: JsonSchema) => schema.properties !== undefined;

function fieldTable(schema: JsonSchema): Html {
  return html`<table><thead><tr><th>Field</th><th>Type</th><th></th></tr></thead><tbody>${fieldRows(schema, '')}</tbody></table>`;
}

/** One row per field, those of an object within it below it. */
function fieldRows(schema: JsonSchema, prefix: string): Html[] {
  const required = new Set(schema.required as string[] | undefined);
  return Object.entries(schema.properties as Record<string, JsonSchema>).flatMap(([name, field]) => {
    const inner = isObject(field) ? field : (field.items as JsonSchema | undefined);
    const path = `${prefix}${name}${inner !== undefined && inner !== field ? '[]' : ''}`;
    const row = html`<tr><td><code>${path}</code>${required.has(name) ? none : html` <small>optional</small>`}</td><td>${typeOf(field)}</td><td>${rulesOf(field)}</td></tr>`;
    return inner !== undefined && isObject(inner) ? [row, ...fieldRows(inner, `${path}.`)] : [row];
  });
}

/** What a value is, in a word or two; a named schema as a link to it. */
export function typeOf(schema: JsonSchema): Html {
  if (typeof schema.$ref === 'string') return linkTo(schema.$ref);
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (Array.isArray(schema.enum)) return joined(schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`));
  const variants = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (variants !== undefined) return joined(variants.map(typeOf));
  const types = [schema.type ?? 'any'].flat().map(String);
  return joined(
    types.map((type) => (type === 'array' ? html`list of ${typeOf((schema.items ?? {}) as JsonSchema)}` : html`${mapped(type, schema)}`)),
  );
}

function mapped(type: string, { format, additionalProperties, properties }: JsonSchema): Html {
  if (type === 'object' && properties === undefined && additionalProperties !== undefined) {
    return html`map of ${typeOf(additionalProperties as JsonSchema)}`;
  }
  return html`${type === 'string' && format === 'date-time' ? 'time' : type}`;
}

const joined = (parts: readonly Html[]): Html => html`${parts.map((part, n) => (n === 0 ? part : html` or ${part}`))}`;

const linkTo = (reference: string): Html => {
  const name = reference.split('/').at(-1) ?? '';
  return html`<a href="#schema-${name}">${name}</a>`;
};

/** What a value must keep to, and what it means. */
export function rulesOf(schema: JsonSchema): Html {
  const rules = [
    ...range(schema.minLength, schema.maxLength, ' characters'),
    ...range(schema.minItems, schema.maxItems, ' items'),
    ...range(schema.minimum, schema.maximum, ''),
    ...(typeof schema.pattern === 'string' ? [html`matches <code>${schema.pattern}</code>`] : []),
    ...(schema.default === undefined ? [] : [html`default <code>${JSON.stringify(schema.default)}</code>`]),
  ];
  const listed = html`${rules.map((rule, n) => (n === 0 ? rule : html`, ${rule}`))}`;
  const text = typeof schema.description === 'string' ? html`${prose(schema.description)} ` : none;
  return html`${text}${rules.length === 0 ? none : html`<small>${listed}</small>`}`;
}

function range(from: unknown, to: unknown, unit: string): Html[] {
  if (to === undefined) return from === undefined || from === 0 || from === 1 ? [] : [html`from ${String(from)}${unit}`];
  return [from === undefined ? html`up to ${String(to)}${unit}` : html`${String(from)}–${String(to)}${unit}`];
}
