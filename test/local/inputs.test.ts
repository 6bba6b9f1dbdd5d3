import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestDirectory, digestInputs } from '../../local/synthesis/inputs.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'understory-inputs-'));
  mkdirSync(join(root, 'functions', 'table'), { recursive: true });
  writeFileSync(join(root, 'functions', 'table', 'keys.ts'), 'one');
  writeFileSync(join(root, 'local.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each([
  ['a source is changed', () => writeFileSync(join(root, 'functions', 'table', 'keys.ts'), 'two')],
  ['a source is added', () => writeFileSync(join(root, 'functions', 'more.ts'), '')],
  [
    'a source is renamed',
    () => {
      rmSync(join(root, 'functions', 'table', 'keys.ts'));
      writeFileSync(join(root, 'functions', 'table', 'names.ts'), 'one');
    },
  ],
  ['the configuration is changed', () => writeFileSync(join(root, 'local.json'), '{"stage":"x"}')],
  [
    'a package is installed',
    () => {
      mkdirSync(join(root, 'node_modules'));
      writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{}');
    },
  ],
])('the stack is synthesised again when %s', (_, change) => {
  const before = digestInputs(root, join(root, 'local.json'));
  expect(digestInputs(root, join(root, 'local.json'))).toBe(before);
  change();
  expect(digestInputs(root, join(root, 'local.json'))).not.toBe(before);
});

test.each(['test/a.ts', 'build/x', 'node_modules/a/index.js', '.git/HEAD', 'data/understory-store.json'])(
  'a change of %s is none of the stack',
  (path) => {
    const before = digestInputs(root, join(root, 'local.json'));
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), 'x');
    expect(digestInputs(root, join(root, 'local.json'))).toBe(before);
  },
);

test('a directory whose files changed places has another digest', () => {
  writeFileSync(join(root, 'a'), 'x');
  const before = digestDirectory(root);
  rmSync(join(root, 'a'));
  writeFileSync(join(root, 'b'), 'x');
  expect(digestDirectory(root)).not.toBe(before);
});
