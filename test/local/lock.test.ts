import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeLock } from '../../local/store/lock.ts';
import { processIdentity } from '../../local/store/process-identity.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-lock-'));
  file = join(directory, 'lock');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('a lock', () => {
  test('held by a process that runs is refused with its number', () => {
    takeLock(file);
    expect(() => takeLock(file)).toThrow(`locked by process ${process.pid}`);
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  test('is free again once released', () => {
    takeLock(file)();
    expect(existsSync(file)).toBe(false);
    takeLock(file);
  });

  test('of a dead process is taken over', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await once(child, 'spawn');
    const identity = processIdentity(child.pid!);
    writeFileSync(file, JSON.stringify({ pid: child.pid, identity }));
    expect(() => takeLock(file)).toThrow(`locked by process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');

    takeLock(file);
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  test('of a process whose number somebody else has now is taken over', () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'another start' }));
    takeLock(file);
  });

  test('that a crash left empty is taken over', () => {
    writeFileSync(file, '');
    takeLock(file);
  });

  test('that is released leaves a newer one alone', () => {
    const release = takeLock(file);
    writeFileSync(file, JSON.stringify({ pid: 1, identity: 'newer' }));
    release();
    expect(existsSync(file)).toBe(true);
  });
});
