import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Gives all unit tests of a run one place for what they write, which goes when the last of them is done. */
export function setup({ config }: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'understory-unit-'));
  config.env.TMPDIR = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}
