import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { functionEnvironment } from './test/support/function-environment.ts';

/** The engine that the tests run on. */
const engine = process.env.TEST_ENGINE ?? 'dynoxide';

/** Tests that have a table in the engine; a unit test's name ends in `.test.ts` alone. */
const integration = ['test/**/*.{integration,model}.test.ts'];

/** Those that have a process to themselves, for they run a whole stack, a browser or a profiler. */
const wide = ['test/**/*.{large,browser,e2e}.test.ts'];

const withEngine = { globalSetup: 'test/support/engine.ts', setupFiles: 'test/support/environment.ts' };

/** Where nothing answers: unit tests run functions that only have to be told a place. */
const nowhere = 'http://127.0.0.1:9';

/** Files that take longest begin first, so that none is left to end alone: a whole stack first, then what is large, the rest as it comes. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kinds = ['.e2e.', '.large.', ''];
    const rank = ({ moduleId }: TestSpecification) => kinds.findIndex((kind) => moduleId.includes(kind));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    reporters: ['default', 'json'],
    outputFile: { json: `build/test-results/${engine}.json` },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By default one core is left free, though tests wait for the engine a third of their time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'wide', include: wide, ...withEngine } },
      // One process loads what its files all import once, and keeps it compiled.
      { extends: true, test: { name: 'integration', include: integration, isolate: false, ...withEngine } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...integration, ...wide],
          globalSetup: 'test/support/unit.ts',
          env: functionEnvironment(nowhere, nowhere, 'no-table'),
          isolate: false,
          restoreMocks: true,
        },
      },
    ],
  },
});
