import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RuntimeProcess {
  readonly url: string;
  /** Resident memory of Node.js, without the engine, in bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Runs `npm start` as a process of its own, on a data directory that goes with it. */
export async function startProcess(engine: string): Promise<RuntimeProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'understory-load-'));
  const options = ['--port', '0', '--data', join(directory, 'store'), '--engine', engine];
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'bin/start.ts', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /Listening on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the runtime ended before it listened: ${said}`)));
  });
  return {
    url,
    async memory() {
      const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(child.pid)]);
      return Number(stdout.trim()) * 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
