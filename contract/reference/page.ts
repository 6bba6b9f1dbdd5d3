import { type ProblemCode, problemTypes } from '#http/problem.ts';
import { problemDescriptions } from '#service/problem-descriptions.ts';
import type { OpenApiDocument } from '../document.ts';
import type { writeOperation } from '../operation.ts';
import { Html, html, prose } from './html.ts';
import { operationSection } from './operation.ts';
import { schemaSection } from './schema.ts';
import { style } from './style.ts';

interface Listed {
  method: string;
  path: string;
  operation: ReturnType<typeof writeOperation>;
}

/** Writes the description as a page to read: one file without a script, a font or an image. */
export function writeReference(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  const listed = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Listed => ({ method, path, operation })),
  );
  const of = (tag: string) => listed.filter(({ operation }) => operation.tags.includes(tag as never));
  const codes = Object.keys(problemTypes) as ProblemCode[];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} API</title>
<style>${new Html(style)}</style>
</head>
<body>
<nav aria-label="Contents">
<strong><a href="#top">${info.title} API</a></strong>
${tags.map(({ name }) => html`<h2><a href="#${name}">${name}</a></h2><ul>${of(name).map(contentsLine)}</ul>`)}
<h2><a href="#problems">Problems</a></h2>
<h2><a href="#schemas">Schemas</a></h2><ul>${Object.keys(components.schemas).map((name) => html`<li><a href="#schema-${name}">${name}</a></li>`)}</ul>
</nav>
<main id="top">
<h1>${info.title} API</h1>
<p><small>Version ${info.version} · <a href="/v1/openapi.json">OpenAPI description</a></small></p>
${info.description.split('\n\n').map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
<h2 id="identity">Identity</h2>
<p>Routes that are not public take <code>Authorization: Bearer …</code>. ${prose(components.securitySchemes.token.description)}</p>
${tags.map(
  ({ name, description }) => html`<h2 id="${name}">${name}</h2><p>${prose(description)}</p>
${of(name).map(({ method, path, operation }) => operationSection(method, path, operation, document))}`,
)}
<h2 id="problems">Problems</h2>
<p>Every refusal is a <a href="#schema-Problem">Problem</a>; its <code>type</code> is one of these.</p>
<table><thead><tr><th>Type</th><th>Status and title</th><th></th></tr></thead><tbody>${codes.map(problemRow)}</tbody></table>
<h2 id="schemas">Schemas</h2>
<p>Answers may gain fields at any time; unknown fields in requests are refused.</p>
${Object.entries(components.schemas).map(([name, schema]) => schemaSection(name, schema))}
</main>
</body>
</html>
`.text;
}

const contentsLine = ({ method, operation }: Listed): Html =>
  html`<li><a href="#${operation.operationId}"><b class="${method}">${method.toUpperCase()}</b> ${operation.summary}</a></li>`;

const problemRow = (code: ProblemCode): Html =>
  html`<tr id="problem-${code}"><td><a href="/problems/${code}"><code>/problems/${code}</code></a></td><td>${problemTypes[code].status} ${problemTypes[code].title}</td><td>${prose(problemDescriptions[code])}</td></tr>`;
