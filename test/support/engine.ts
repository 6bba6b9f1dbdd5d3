import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../local/engine/engine.ts';
import { openStore } from '../../local/store/store.ts';
import { declaredTable, type TableShape } from './declared-table.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where DynamoDB answers. */
    engineUrl: string;
    /** The table as the stack declares it, to be created under any name. */
    tableShape: TableShape;
  }
}

let stop: () => Promise<void> = async () => undefined;

/** Starts one engine for all tests, named by `TEST_ENGINE` (default: dynoxide), on a store that goes with it. */
export async function setup(project: TestProject): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'understory-test-'));
  const store = openStore({ directory, fresh: true });
  const engine = await startEngine(process.env.TEST_ENGINE ?? 'dynoxide', store, () => undefined);
  project.provide('engineUrl', engine.url);
  project.provide('tableShape', declaredTable());
  stop = async () => {
    await engine.stop();
    store.release();
    rmSync(directory, { recursive: true, force: true });
  };
}

export const teardown = () => stop();
