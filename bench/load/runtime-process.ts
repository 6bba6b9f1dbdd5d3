import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '../undo.ts';
import { startServer } from './child.ts';

const run = promisify(execFile);

export interface RuntimeProcess {
  readonly url: string;
  readonly engineUrl: string;
  readonly tableName: string;
  /** Seconds from the command until it listened. */
  readonly seconds: number;
  /** Resident memory of Node.js, without the engine, in bytes. */
  memory(): Promise<number>;
  /** What settling has logged so far, the last 10 MB or more of it. */
  settlings(): Settling[];
  stop(): Promise<void>;
}

/** A batch as settling logs it. */
export interface Settling {
  readonly Records: number;
  readonly Settled: number;
  readonly Transactions: number;
  readonly Conflicts: number;
  /** Of each comment that was counted for the first time: milliseconds since it was posted. */
  readonly SettleLag: readonly number[];
}

/** Runs `npm start` as a process of its own, on a data directory that goes with it. */
export async function startProcess(engine: string, more: readonly string[] = []): Promise<RuntimeProcess> {
  const directory = temporaryDirectory('load');
  const store = join(directory.path, 'store');
  const begun = performance.now();
  const options = ['--port', '0', '--data', store, '--engine', engine, ...more];
  const server = await startServer(['bin/start.ts', ...options]);
  const told = (what: string) => new RegExp(`${what} (\\S+)`).exec(server.said)?.[1] ?? '';
  return {
    ...{ url: server.url, engineUrl: told('Engine'), tableName: told('Tables'), seconds: (performance.now() - begun) / 1_000 },
    async memory() {
      const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(server.pid)]);
      return Number(stdout.trim()) * 1024;
    },
    settlings: () => settlingsIn(join(store, 'logs')),
    async stop() {
      await server.stop();
      await directory.remove();
    },
  };
}

/** A log that is full goes on in a new file, beside the one before. */
function settlingsIn(logs: string): Settling[] {
  const files = readdirSync(logs).filter((file) => /settle/i.test(file));
  const lines = files.toSorted((a, b) => b.length - a.length).flatMap((file) => readFileSync(join(logs, file), 'utf8').split('\n'));
  return lines.filter((line) => line.includes('"message":"settled"')).map((line) => ({ SettleLag: [], ...JSON.parse(line) }));
}
