import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { describeMainJob } from './main-job.ts';

const directory = mkdtempSync(join(tmpdir(), 'understory-e2e-'));
let runtime: Runtime;

beforeAll(async () => {
  runtime = await startRuntime({ port: 0, dataDir: join(directory, 'store') });
});

afterAll(async () => {
  await runtime?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describeMainJob(() => ({ url: runtime.url, directory }));
