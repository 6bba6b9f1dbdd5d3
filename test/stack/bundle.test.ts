import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { bundleBareSdk, outputOf } from '../../bench/bare-sdk.ts';
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

test('no function weighs more than 1.4 times the bare SDK with the same commands', async () => {
  mkdirSync(fileURLToPath(new URL('../../build', import.meta.url)), { recursive: true });
  const project = mkdtempSync(fileURLToPath(new URL('../../build/bare-sdk-', import.meta.url)));
  try {
    const ours = await bundleFunctions({ outputDirectory: mkdtempSync(join(directory, 'output-')) });
    const bare = await bundleBareSdk(ours, project);

    const shares = functionNames.map((name) => [name, outputOf(ours, name).bytes / outputOf(bare, name).bytes] as const);
    expect(shares.filter(([, share]) => share > 1.4)).toEqual([]);
  } finally {
    rmSync(project, { recursive: true });
  }
});
