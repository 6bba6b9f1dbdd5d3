import type { OpenApiDocument } from '../document.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { writeOperation } from '../operation.ts';
import { curlOf } from './curl.ts';
import { type Html, html, none, prose } from './html.ts';
import { rulesOf, typeOf } from './schema.ts';

type Operation = ReturnType<typeof writeOperation>;
type Content = Readonly<Record<string, { schema: JsonSchema }>>;

/** Everything that is to be known of one route. */
export function operationSection(method: string, path: string, operation: Operation, document: OpenApiDocument): Html {
  const { operationId, summary, description, requestBody } = operation;
  const body = requestBody?.content['application/json'];
  return html`<section class="route" id="${operationId}">
<h3><a href="#${operationId}"><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code></a></h3>
<p><strong>${prose(summary)}.</strong> ${description === undefined ? none : prose(description)} <span class="access">${accessOf(operation)}</span></p>
${parameterTable(operation, document)}
${body === undefined ? none : html`<p>Body: ${typeOf(body.schema)}</p>`}
<details><summary>Request</summary><pre>${curlOf(method, path, operation)}</pre></details>
<table><thead><tr><th>Status</th><th>Answer</th><th></th></tr></thead><tbody>${responseRows(operation, document)}</tbody></table>
</section>`;
}

function accessOf({ security }: Operation): string {
  const [first] = security;
  if (first === undefined) return 'public';
  const roles = security.flatMap(({ token }) => token);
  return roles.length === 0 ? 'any member' : roles.join(' or ');
}

function parameterTable({ parameters }: Operation, document: OpenApiDocument): Html {
  if (parameters.length === 0) return none;
  const rows = parameters.map((each) => {
    const parameter = '$ref' in each ? named(each.$ref, document.components.parameters) : each;
    const { name, schema } = parameter;
    const description = 'description' in parameter ? html`${prose(parameter.description)} ` : none;
    const required = 'required' in parameter && parameter.required;
    return html`<tr><td><code>${name}</code> <small>${parameter.in}${required ? '' : ', optional'}</small></td><td>${typeOf(schema)}</td><td>${description}${rulesOf(schema)}</td></tr>`;
  });
  return html`<table><thead><tr><th>Parameter</th><th>Type</th><th></th></tr></thead><tbody>${rows}</tbody></table>`;
}

function responseRows({ responses }: Operation, document: OpenApiDocument): Html[] {
  return Object.entries(responses).map(([status, each]) => {
    const { description, content } = '$ref' in each ? named(each.$ref, document.components.responses) : each;
    return html`<tr><td><b>${status}</b></td><td>${contentOf(content)}</td><td>${problemLinks(description)}</td></tr>`;
  });
}

function contentOf(content: Content | undefined): Html {
  const medias = Object.entries(content ?? {});
  return html`${medias.map(([media, { schema }], n) => html`${n === 0 ? '' : ', '}${media === 'application/json' || media.endsWith('+json') ? typeOf(schema) : media}`)}`;
}

/** A problem code at the head of a sentence leads to what is said of that problem. */
const problemLinks = (text: string): Html =>
  html`${text.split(/(?<=\.) (?=`)/).map((sentence) => {
    const [, code, rest = ''] = /^`([a-z-]+)`:(.*)$/.exec(sentence) ?? [];
    return code === undefined ? html`${prose(sentence)}` : html`<a href="#problem-${code}"><code>${code}</code></a>${rest} `;
  })}`;

function named<T>(reference: string, components: Readonly<Record<string, T>>): T {
  const found = components[reference.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`${reference} is not there`);
  return found;
}
