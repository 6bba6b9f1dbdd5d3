import { defineConfig } from 'vitest/config';

/** The engine that the tests run on; its name also names the results, so that one run does not overwrite the other's. */
const engine = process.env.TEST_ENGINE ?? 'dynoxide';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/engine.ts',
    setupFiles: 'test/support/environment.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: `build/test-results/${engine}.json` },
  },
});
