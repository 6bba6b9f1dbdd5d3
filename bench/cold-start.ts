import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleFunctions } from '../lib/bundle.ts';
import { type FunctionName, functionNames } from '../lib/function-names.ts';
import { functionEnvironment } from '../test/support/function-environment.ts';
import { bundleBareSdk, type Output, outputOf } from './bare-sdk.ts';
import type { Figure, Progress } from './figure.ts';
import { medianOf, spreadOf } from './statistics.ts';

const rounds = 25;
const budget = 1.4;
const folder = fileURLToPath(new URL('../build/bench/cold-start', import.meta.url));

/**
 * What a function's code weighs and how long it takes to load, beside a bundle that holds nothing but the SDK's clients and
 * the commands that the function sends, made the same way, and beside an empty handler.
 */
export async function measureColdStart(progress: Progress): Promise<Figure[]> {
  await rm(folder, { recursive: true, force: true });
  progress('bundling');
  const ours = await bundleFunctions({ outputDirectory: join(folder, 'ours') });
  const bare = await bundleBareSdk(ours, join(folder, 'bare'));
  const empty = join(folder, 'empty.mjs');
  await writeFile(empty, 'export const handler = async () => ({ statusCode: 204 });\n');

  const loads = functionNames.map((name) => ({ name, ours: [] as number[], bare: [] as number[], empty: [] as number[] }));
  for (let round = 1; round <= rounds; round += 1) {
    progress(`loading all, round ${round} of ${rounds}`);
    for (const load of loads) {
      load.ours.push(await loadTimeOf(join(folder, 'ours', load.name, 'index.mjs')));
      load.bare.push(await loadTimeOf(join(folder, 'bare', load.name, 'index.mjs')));
      load.empty.push(await loadTimeOf(empty));
    }
  }
  return loads.flatMap(({ name, ...samples }) => [
    ...weightOf(name, outputOf(ours, name), outputOf(bare, name)),
    {
      name: `${name}: load`,
      unit: 'ms' as const,
      ...spreadOf(samples.ours),
      reference: { name: 'the bare clients', median: medianOf(samples.bare) },
      budget: budget * medianOf(samples.bare),
    },
    {
      name: `${name}: load, again`,
      unit: 'ms' as const,
      ...spreadOf(samples.ours),
      reference: { name: 'an empty handler', median: medianOf(samples.empty) },
    },
  ]);
}

/** The bytes of a bundle, and the packages that are a fiftieth of them or more. */
function weightOf(name: FunctionName, ours: Output, bare: Output): Figure[] {
  const bytes = (what: string, count: number): Figure => ({ name: what, unit: 'bytes', median: count, minimum: count, maximum: count });
  const whole = {
    ...bytes(`${name}: code`, ours.bytes),
    reference: { name: 'the bare clients', median: bare.bytes },
    budget: budget * bare.bytes,
  };
  const packages = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(ours.inputs)) {
    const owner = packageOf(path);
    packages.set(owner, (packages.get(owner) ?? 0) + bytesInOutput);
  }
  const large = [...packages].filter(([, count]) => count >= ours.bytes / 50).sort(([, a], [, b]) => b - a);
  return [whole, ...large.map(([owner, count]) => bytes(`${name}: of it ${owner}`, count))];
}

/** The registry's name of the package that a file belongs to. */
const packageOf = (path: string): string => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'Understory';

const run = promisify(execFile);

/**
 * Milliseconds that a fresh process takes to load a module, without the start of Node.js, and with the heap's young
 * generation as the functions' 512 MB of memory have it.
 */
async function loadTimeOf(module: string): Promise<number> {
  const script =
    'const at = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - at)); process.exit();';
  const flags = ['--expose-gc', '--max-http-header-size=81920', '--max-semi-space-size=24', '--max-old-space-size=460'];
  const parameters = [...flags, '--input-type=module', '--eval', script, pathToFileURL(module).href];
  const { stdout } = await run(process.execPath, parameters, {
    timeout: 30_000,
    env: { ...functionEnvironment('http://127.0.0.1:1', 'http://127.0.0.1:1', 'bench') },
  });
  return Number(stdout);
}
