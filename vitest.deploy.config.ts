import { defineConfig } from 'vitest/config';

/** What is proved of a deployment, apart from all other tests: it brings an AWS of its own, and minutes of patience. */
export default defineConfig({
  test: {
    include: ['test/deploy/**/*.deploy.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'build/test-results/deploy.json' },
  },
});
