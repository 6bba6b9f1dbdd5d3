import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The engine that the tests run on. */
const engine = process.env.TEST_ENGINE ?? 'dynoxide';
/** Names the results, so that no run overwrites another's: a suite may come in parts, each on an engine of its own. */
const run = [engine, process.env.TEST_PART].filter(Boolean).join('-');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/engine.ts',
    setupFiles: 'test/support/environment.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By default one core is left free, though tests wait for the engine a third of their time. DynamoDB Local does one thing at a time.
    maxWorkers: engine === 'dynamodb-local' ? 1 : availableParallelism() + 1,
    reporters: ['default', 'json'],
    outputFile: { json: `build/test-results/${run}.json` },
  },
});
