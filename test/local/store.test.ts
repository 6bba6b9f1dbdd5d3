import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../local/store/store.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-store-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('a directory that holds something else is left alone, also by --fresh', () => {
  writeFileSync(join(directory, 'thesis.txt'), 'years of work');
  expect(() => openStore({ directory, fresh: true })).toThrow('holds something else than a store');
  expect(existsSync(join(directory, 'thesis.txt'))).toBe(true);
});

it('ledgers of imports may lie there first, and survive --fresh', () => {
  mkdirSync(join(directory, 'imports'));
  writeFileSync(join(directory, 'imports', 'page.jsonl'), '');
  openStore({ directory, fresh: true }).release();
  openStore({ directory, fresh: true }).release();
  expect(existsSync(join(directory, 'imports', 'page.jsonl'))).toBe(true);
});
