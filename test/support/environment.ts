import { randomUUID } from 'node:crypto';
import { afterAll, inject, vi } from 'vitest';
import { functionEnvironment } from './function-environment.ts';

/**
 * Set before a test file imports any function; each file has a table of its own. Files may share a process and what it has loaded of
 * `node_modules`, but not our modules, which remember their table and what they read from it.
 */
vi.resetModules();
Object.assign(process.env, functionEnvironment(inject('engineUrl'), inject('secretsUrl'), `test-${randomUUID()}`));

afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.useRealTimers();
});
