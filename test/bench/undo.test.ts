import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryDirectory, undoAll, undoable } from '../../bench/undo.ts';

it('what was not undone is undone in the end, the last first, and each thing once', async () => {
  const undone: string[] = [];
  const first = undoable(() => void undone.push('first'));
  undoable(async () => void undone.push('second'));
  const third = undoable(() => void undone.push('third'));
  await third();
  await undoAll();
  await Promise.all([first(), third(), undoAll()]);
  expect(undone).toEqual(['third', 'second', 'first']);
});

it('a temporary directory is deleted in the end', async () => {
  const { path } = temporaryDirectory('undo-test');
  expect(existsSync(path)).toBe(true);
  await undoAll();
  expect(existsSync(path)).toBe(false);
});
