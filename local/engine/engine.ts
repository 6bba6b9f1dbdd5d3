import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { dynamoDbLocal } from './dynamodb-local.ts';
import { dynoxide } from './dynoxide.ts';
import type { EngineProgram, TrimmedRecords } from './engine-program.ts';
import { freePort } from './free-port.ts';
import { endLeftover, startGuarded } from './guarded-process.ts';

/** Something that speaks DynamoDB on a loopback port. */
export interface Engine {
  readonly url: string;
  /** Settles with the reason if the engine ends without having been asked to. */
  readonly failed: Promise<string>;
  /** Forgets stream records where the engine itself never does, see {@link EngineProgram}. @returns how many */
  trim(records: TrimmedRecords): number;
  stop(): Promise<void>;
}

const programs: Readonly<Record<string, EngineProgram>> = { dynoxide, 'dynamodb-local': dynamoDbLocal };

/**
 * Starts the engine of a store, or finds the one that is running elsewhere.
 * @param choice the name of an embedded engine, or the URL of any other
 * @throws Problem if it is missing or does not answer in time
 */
export async function startEngine(choice: string, store: Store, onProblem: (line: string) => void): Promise<Engine> {
  const external = /^https?:\/\//.test(choice);
  if (external && store.fresh) throw new Problem('--fresh cannot empty an engine that somebody else runs: delete its tables there');
  for (const pid of await endLeftover(store.file('engine.json')))
    onProblem(`Ended process ${pid}, an engine that an earlier run left behind`);
  if (store.fresh) store.empty();
  if (external) return externalEngine(choice);
  const program = programs[choice];
  if (program === undefined) throw new Problem(`There is no engine ${choice}: dynoxide, dynamodb-local or a URL`);

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(store.folder('logs'), 'engine.log');
  const process = await startGuarded(program.command(store, port), log, store.file('engine.json'), store.directory);
  if (!(await answers(url, program.patience, process.hasEnded))) {
    await process.stop();
    throw new Problem(`The engine ${choice} does not answer. Its last words: ${lastLine(log)}`);
  }
  program.prepare?.(store);
  let stopping = false;
  return {
    url,
    failed: process.ended.then(() =>
      stopping ? new Promise<string>(() => undefined) : `The engine ${choice} has ended: ${lastLine(log)}`,
    ),
    trim: (records) => program.trim?.(store, records) ?? 0,
    stop() {
      stopping = true;
      return process.stop();
    },
  };
}

async function externalEngine(url: string): Promise<Engine> {
  if (!(await answers(url, 5000, () => false))) throw new Problem(`Nothing answers as DynamoDB at ${url}`);
  return { url: url.replace(/\/$/, ''), failed: new Promise(() => undefined), trim: () => 0, stop: async () => undefined };
}

async function answers(url: string, patience: number, hasEnded: () => boolean): Promise<boolean> {
  for (const until = Date.now() + patience; Date.now() < until && !hasEnded(); await delay(15)) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.ListTables',
          'x-amz-date': '20260101T000000Z',
          authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        },
        body: '{}',
        signal: AbortSignal.timeout(2000),
      });
      if (response.ok && Object.hasOwn((await response.json()) as object, 'TableNames')) return true;
    } catch {
      // Not listening yet.
    }
  }
  return false;
}

function lastLine(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').at(-1) || 'none';
}
