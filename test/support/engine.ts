import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../local/engine/engine.ts';
import { openStore } from '../../local/store/store.ts';
import { declaredTable, type TableShape } from './declared-table.ts';
import { startSecrets } from './secrets.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where DynamoDB answers. */
    engineUrl: string;
    /** Where Secrets Manager answers, whose every secret is the one that {@link siteSecret} is. */
    secretsUrl: string;
    /** The table as the stack declares it, to be created under any name. */
    tableShape: TableShape;
  }
}

let stop: () => Promise<void> = async () => undefined;

/** Starts one engine for all tests of a project, named by `TEST_ENGINE` (default: dynoxide), on a store that goes with it. */
export async function setup(project: TestProject): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'understory-test-'));
  const store = openStore({ directory, fresh: true });
  const engine = await startEngine(process.env.TEST_ENGINE ?? 'dynoxide', store, () => undefined);
  const secrets = await startSecrets();
  project.provide('engineUrl', engine.url);
  project.provide('secretsUrl', secrets.url);
  project.provide('tableShape', declaredTable());
  stop = async () => {
    await Promise.all([engine.stop(), secrets.close()]);
    store.release();
    rmSync(directory, { recursive: true, force: true });
  };
}

export const teardown = () => stop();
