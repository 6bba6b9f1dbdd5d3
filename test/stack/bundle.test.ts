import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../lib/bundle.ts';
import { functionNames } from '../../lib/function-names.ts';

const directory = mkdtempSync(join(tmpdir(), 'understory-bundle-'));
afterAll(() => rmSync(directory, { recursive: true }));

const entryDirectory = mkdtempSync(join(directory, 'entries-'));
const outputDirectory = mkdtempSync(join(directory, 'output-'));
writeFileSync(
  join(entryDirectory, 'shared.ts'),
  'export const greet = (name: string): string => "I am " + name; export const unused = "unused";',
);
for (const name of functionNames) {
  writeFileSync(join(entryDirectory, `${name}.ts`), `import { greet } from './shared.ts';\nexport const handler = () => greet('${name}');`);
}
const metafile = await bundleFunctions({ entryDirectory, outputDirectory });

test.each(functionNames)('%s becomes one ES module that exports its handler', async (name) => {
  const bundle = await import(pathToFileURL(join(outputDirectory, name, 'index.mjs')).href);

  expect(bundle.handler()).toBe(`I am ${name}`);
});

test('what no entry needs is left out', () => {
  expect(readFileSync(join(outputDirectory, 'reader/index.mjs'), 'utf8')).not.toContain('unused');
});

test('the description and the reference lie beside the code of the reader, which serves them', () => {
  for (const name of ['openapi.json', 'reference.html']) {
    const kept = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
    expect(readFileSync(join(outputDirectory, 'reader', name), 'utf8')).toBe(kept);
  }
});

test('the same sources give the same bytes, so that an unchanged function is not deployed again', async () => {
  const again = mkdtempSync(join(directory, 'output-'));

  await bundleFunctions({ entryDirectory, outputDirectory: again });

  for (const name of functionNames) {
    expect(readFileSync(join(again, name, 'index.mjs'))).toEqual(readFileSync(join(outputDirectory, name, 'index.mjs')));
  }
});

test('sizes are written down where reports find them', () => {
  expect(JSON.parse(readFileSync(join(outputDirectory, 'meta.json'), 'utf8'))).toEqual(metafile);
});
