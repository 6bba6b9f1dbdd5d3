import { randomUUID } from 'node:crypto';
import { afterAll, inject, vi } from 'vitest';
import { functionEnvironment } from './function-environment.ts';

const environment = { ...process.env };
const { now } = performance;

/**
 * Set before a test file imports any function; each file has a table of its own. Files may share a process and what it has loaded of
 * `node_modules`, but not our modules, which remember their table and what they read from it.
 */
vi.resetModules();
Object.assign(process.env, functionEnvironment(inject('engineUrl'), inject('secretsUrl'), `test-${randomUUID()}`));

/** What a file has set, the next one in its process must not find. */
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  performance.now = now;
  vi.useRealTimers();
});
