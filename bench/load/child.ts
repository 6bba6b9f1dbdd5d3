import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { undoable } from '../undo.ts';

/** A process of ours that serves until it is stopped. */
export interface Server {
  readonly url: string;
  readonly pid: number | undefined;
  /** What it printed until it listened. */
  readonly said: string;
  stop(): Promise<void>;
}

/** Runs Node.js with `args` until it says where it listens: `Listening on URL`. */
export async function startServer(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const stop = undoable(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /Listening on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`${args[0]} ended before it listened: ${said}`)));
  });
  return { url, pid: child.pid, said, stop };
}

/** Runs a script of ours to its end in a process of its own; gives what it printed. */
export async function runScript(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  const ended = once(child, 'close');
  const stop = undoable(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const [code] = await ended;
  await stop();
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`);
  return said;
}
