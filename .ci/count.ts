import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';

/**
 * Adds up what the test runner itself reported, names each test that failed with the beginning of what it said, and prints the closing
 * line. A step that failed without a failed test (a type error, a crashed runner) counts as one failure; so does a run that left no
 * results at all.
 */
const directory = 'build/test-results';
const failedSteps = Number(process.argv[2]);

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: 'passed' | 'failed';
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
  }[];
}

const results = listResults().map((file) => JSON.parse(readFileSync(`${directory}/${file}`, 'utf8')) as Results);
const passed = results.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0);
const failedTests = results.reduce((sum, { numFailedTests }) => sum + numFailedTests, 0);
const failed = Math.max(failedTests, failedSteps, results.length === 0 ? 1 : 0);

for (const line of results.flatMap(listFailures)) process.stdout.write(`${line}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function listResults(): string[] {
  try {
    return readdirSync(directory).filter((file) => file.endsWith('.json'));
  } catch {
    return [];
  }
}

/** A line for each test that failed, and for each file that failed beside its tests (while it was loaded, or in a hook). */
function listFailures({ testResults }: Results): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(process.cwd(), name);
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      if (tests.length === 0) return [`FAILED: ${file}: ${beginningOf(message)}`];
      return tests.map(({ fullName, failureMessages }) => `FAILED: ${file}: ${fullName}: ${beginningOf(failureMessages?.[0] ?? '')}`);
    });
}

/** What was said before the stack, short enough that a whole list of failures can be read. */
function beginningOf(message: string): string {
  return (
    message
      .split(/\n\s+at /, 1)
      .join('')
      .replaceAll(/\s+/g, ' ')
      .slice(0, 400) || 'it failed beside its tests, see above'
  );
}
