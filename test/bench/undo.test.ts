import { existsSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';

let bench: typeof import('../../bench/undo.ts');

beforeEach(async () => {
  // It is over once for the whole process.
  vi.resetModules();
  bench = await import('../../bench/undo.ts');
});

it('what was not undone is undone in the end, the last first, and each thing once', async () => {
  const undone: string[] = [];
  const first = bench.undoable(() => void undone.push('first'));
  bench.undoable(async () => void undone.push('second'));
  const third = bench.undoable(() => void undone.push('third'));
  await third();
  await bench.undoAll();
  await Promise.all([first(), third(), bench.undoAll()]);
  expect(undone).toEqual(['third', 'second', 'first']);
});

it('a temporary directory is deleted in the end', async () => {
  const { path } = bench.temporaryDirectory('undo-test');
  expect(existsSync(path)).toBe(true);
  await bench.undoAll();
  expect(existsSync(path)).toBe(false);
});

it('whoever goes on after the end is stopped, and what they did is undone', async () => {
  await bench.undoAll();
  const undo = vi.fn();
  expect(() => bench.undoable(undo)).toThrow('interrupted');
  expect(undo).toHaveBeenCalledOnce();
});
