import { join } from 'node:path';
import { createApp } from '../../lib/app.ts';
import { bundleFunctions } from '../../lib/bundle.ts';
import { loadConfiguration } from '../../lib/configuration.ts';

/**
 * Bundles the functions and synthesises the stack, in a process of its own: CDK and esbuild are gone from memory when it ends.
 * Called with the configuration file and the directory to write to; the cloud assembly is in its folder `assembly`.
 */
const [configurationFile, directory] = process.argv.slice(2);
if (configurationFile === undefined || directory === undefined) throw new Error('Usage: child.ts CONFIGURATION DIRECTORY');
const codeDirectory = join(directory, 'functions');
try {
  const configuration = loadConfiguration(configurationFile);
  await bundleFunctions({ outputDirectory: codeDirectory });
  createApp({ configuration, outdir: join(directory, 'assembly'), codeDirectory, validate: false }).synth();
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
