import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../problem.ts';
import { processIdentity } from '../store/process-identity.ts';

/**
 * Runs "$@" with its output in the log file $0, prints its process number, and ends it as soon as standard input closes. A pipe closes
 * with the process at its other end, however that one dies: nothing of ours stays behind after SIGKILL.
 * The group gets the signal, for the command may have started the real program (as npx does).
 */
const guard = `
exec 3<&0
trap : TERM
"$@" </dev/null 3<&- >>"$0" 2>&1 &
child=$!
echo "$child"
( while read -r _; do :; done; kill -TERM 0 ) <&3 3<&- >/dev/null &
watch=$!
exec 3<&-
code=0
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
kill "$watch" 2>/dev/null
exit "$code"
`;
const patienceMilliseconds = 5000;

export interface GuardedProcess {
  readonly pid: number;
  /** Settles when the program has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly hasEnded: () => boolean;
  /** Asks it to end, and makes it end if it does not. */
  stop(): Promise<void>;
}

interface Recorded {
  readonly pid: number;
  readonly identity: string;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C on the terminal leaves its end to us.
 * @param record where its process numbers are written, for `endLeftover`
 */
export async function startGuarded(command: readonly string[], log: string, record: string, directory: string): Promise<GuardedProcess> {
  const shell = spawn('/bin/sh', ['-c', guard, log, ...command], { cwd: directory, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()).once('error', () => resolve()));
  shell.stdin.on('error', () => undefined);
  const [line] = (await Promise.race([once(shell.stdout, 'data'), ended.then(() => [''])])) as [Buffer | string];
  shell.stdout.resume();
  const pid = Number.parseInt(String(line), 10);
  const group = shell.pid ?? 0;
  const processes = [group, pid].flatMap((each): Recorded[] => {
    const identity = processIdentity(each);
    return identity === undefined ? [] : [{ pid: each, identity }];
  });
  await writeFile(record, JSON.stringify(processes));
  const hasEnded = () => shell.exitCode !== null || shell.signalCode !== null;
  return {
    pid,
    ended,
    hasEnded,
    async stop() {
      if (hasEnded()) return;
      shell.stdin.end();
      await Promise.race([ended, delay(patienceMilliseconds, undefined, { ref: false })]);
      if (!hasEnded()) signal(-group, 'SIGKILL');
      await ended;
    },
  };
}

/**
 * Ends a program that an earlier run started and could not end. Start times tell it from whatever has its number now.
 * @returns the numbers of the processes that were still there
 */
export async function endLeftover(record: string): Promise<number[]> {
  const left = readRecord(record).filter(({ pid, identity }) => processIdentity(pid) === identity);
  const gone = () => left.every(({ pid, identity }) => processIdentity(pid) !== identity);
  for (const [kind, patience] of [
    ['SIGTERM', patienceMilliseconds],
    ['SIGKILL', patienceMilliseconds],
  ] as const) {
    if (gone()) break;
    for (const { pid } of left) signal(pid, kind);
    for (const until = Date.now() + patience; !gone() && Date.now() < until; ) await delay(10);
  }
  return left.map(({ pid }) => pid);
}

function readRecord(record: string): Recorded[] {
  try {
    return JSON.parse(readFileSync(record, 'utf8')) as Recorded[];
  } catch {
    return [];
  }
}

function signal(pid: number, kind: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, kind);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}
