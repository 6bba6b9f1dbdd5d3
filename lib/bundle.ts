import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { functionNames } from './function-names.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where bundling puts one folder per function, and the stack finds it. */
export const bundleDirectory = join(root, 'build/functions');

/** Generated files that the reader serves as they are: they lie beside its code, which no cold start then loads them with. */
const published = ['openapi.json', 'reference.html'];

export interface BundleOptions {
  /** Holds the entries, `<name>.ts`. */
  readonly entryDirectory?: string;
  /** Gets `<name>/index.mjs` and its source map for every function, and esbuild's `meta.json`, from which sizes are reported. */
  readonly outputDirectory?: string;
  /** Keeps the SDK's own search for credentials, as a bundle made of nothing but the SDK has it. */
  readonly wholeSdk?: boolean;
}

/** What is bundled in place of a part of the SDK. */
const alias = { '@aws-sdk/credential-provider-node': join(root, 'functions/aws/lambda-credentials.ts') };

/**
 * Bundles every Lambda entry into one minified ES module, the AWS SDK included: that loads faster than the runtime's own copy, and changes only with us.
 * The output depends on the sources alone, so an unchanged function keeps its asset and is not deployed again.
 */
export async function bundleFunctions(options: BundleOptions = {}): Promise<Metafile> {
  const { entryDirectory = join(root, 'functions'), outputDirectory = bundleDirectory } = options;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: functionNames.map((name) => ({ in: join(entryDirectory, `${name}.ts`), out: join(name, 'index') })),
    outdir: outputDirectory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: options.wholeSdk === true ? {} : alias,
    minify: true,
    define: { 'process.env.PUBLISHED_FOLDER': '"./"' },
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  for (const name of published) await copyFile(join(root, 'docs', name), join(outputDirectory, 'reader', name));
  await writeFile(join(outputDirectory, 'meta.json'), JSON.stringify(metafile));
  return metafile;
}
