import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contract } from '../../contract/contract.ts';
import { servedRoutes } from '../../contract/endpoints.ts';
import { writePublished } from '../../contract/published.ts';
import { typeOf } from '../../contract/reference/schema.ts';

const published = await writePublished();
const served = await servedRoutes();

describe('what is generated from the contract', () => {
  it.each(Object.keys(published))('%s is as it would be generated now: npm run openapi', (path) => {
    const kept = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
    // Compared line by line, so that a difference is shown and not the whole file.
    const [now = [], then = []] = [published[path], kept].map((text) => text?.split('\n'));
    expect(then.filter((line, n) => line !== now[n]).slice(0, 5)).toEqual([]);
    expect(then).toHaveLength(now.length);
  });

  it('refers to nothing that is not there', () => {
    const document = JSON.parse(published['docs/openapi.json'] ?? '');
    const references = new Set((published['docs/openapi.json'] ?? '').match(/#\/components\/\w+\/\w+/g));
    expect(references.size).toBeGreaterThan(50);
    for (const reference of references) {
      const [, , kind = '', name = ''] = reference.split('/');
      expect(document.components[kind], reference).toHaveProperty(name);
    }
  });

  it('says in the reference of a time that may be missing that it is a time or null', () => {
    expect(typeOf({ type: ['string', 'null'], format: 'date-time' }).text).toBe('time or null');
  });

  it('links within the reference to nothing that is not there', () => {
    const page = published['docs/reference.html'] ?? '';
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('loads nothing from anywhere', () => {
    expect(published['docs/reference.html']).not.toMatch(/<script|<link|<img|@import|url\(|style="/i);
  });
});

describe('an example', () => {
  it.each(served.filter(({ endpoint }) => endpoint.takes.body !== undefined).map((route) => [route.name, route] as const))(
    'of a body for %s is one that its route takes',
    (name, { endpoint }) => {
      expect(endpoint.takes.body?.safeParse(contract[name].example).error?.issues ?? []).toEqual([]);
      expect(contract[name].example).toBeDefined();
    },
  );

  it('of an answer is one that its schema takes', () => {
    const schemas = Object.values(contract).flatMap(({ answers }) => Object.values(answers).flatMap(({ schema }) => schema ?? []));
    const examples = schemas.flatMap((schema) =>
      [z.globalRegistry.get(schema)?.examples ?? []].flat().map((example) => ({ schema, example })),
    );
    expect(examples.length).toBeGreaterThan(5);
    for (const { schema, example } of examples) expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
  });
});
