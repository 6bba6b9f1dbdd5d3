import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { synthesise } from '../../local/synthesis/synthesise.ts';

it('synthesises once for all who ask at once, and takes nothing away from under them', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'understory-synthesise-'));
  const configuration = join(directory, 'configuration.json');
  // Nobody can have synthesised it before.
  writeFileSync(configuration, `${readFileSync('config/local.json', 'utf8')}${' '.repeat(Date.now() % 10_000)}\n`);
  const kept = new Set<string>();
  try {
    const ask = async () => {
      const { assembly, reused } = await synthesise(configuration);
      kept.add(dirname(assembly));
      expect(existsSync(join(assembly, 'manifest.json'))).toBe(true);
      return reused;
    };
    const reused = await Promise.all([ask(), ask(), ask()]);
    expect(reused.toSorted()).toEqual([false, true, true]);
    expect(await ask()).toBe(true);
    expect(kept.size).toBe(1);
  } finally {
    for (const path of [directory, ...kept]) rmSync(path, { recursive: true, force: true });
  }
}, 120_000);
