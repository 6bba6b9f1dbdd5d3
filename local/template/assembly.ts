import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { messageOf, Problem } from '../problem.ts';
import type { Json } from './intrinsics.ts';

const json: z.ZodType<Json> = z.json();
const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), json).default({}),
  Condition: z.string().optional(),
});
export type Resource = z.output<typeof resource>;

const template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.union([z.string(), z.number()]).optional() })).default({}),
  Resources: z.record(z.string(), resource),
});
const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.object({ templateFile: z.string().optional(), file: z.string().optional() }).optional(),
    }),
  ),
});
const assetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({ source: z.object({ path: z.string() }), destinations: z.record(z.string(), z.object({ objectKey: z.string() })) }),
    )
    .default({}),
});

/** One synthesised stack: its template, and where the files lie that a deployment would upload. */
export interface Assembly {
  readonly stackName: string;
  readonly region: string;
  readonly account: string;
  readonly parameters: Readonly<Record<string, { readonly Default?: string | number | undefined }>>;
  readonly resources: Readonly<Record<string, Resource>>;
  /** The directory of an uploaded asset by its key in the asset bucket. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Where a stack without an environment of its own is taken to run: names only, nothing is asked there. */
const somewhere = { region: 'us-east-1', account: '000000000000' };

/**
 * Reads a cloud assembly with its one stack ("Cloud assembly schema", AWS CDK).
 * @throws Problem if it is not there, or has not exactly one stack
 */
export function readAssembly(directory: string): Assembly {
  const { artifacts } = read(join(directory, 'manifest.json'), manifest);
  const stacks = Object.entries(artifacts).filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stack, ...others] = stacks;
  if (stack === undefined || others.length > 0) {
    const names = stacks.map(([name]) => name).join(', ');
    throw new Problem(`The laptop runs one stack, without an edge; ${directory} has ${stacks.length}: ${names}`);
  }
  const [stackName, { environment = '', properties }] = stack;
  if (properties?.templateFile === undefined) throw new Problem(`The stack ${stackName} names no template`);
  const { Parameters, Resources } = read(join(directory, properties.templateFile), template);
  const [, account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+-\d)$/.exec(environment) ?? [];

  const assets = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest' || artifact.properties?.file === undefined) continue;
    const file = join(directory, artifact.properties.file);
    for (const { source, destinations } of Object.values(read(file, assetManifest).files)) {
      for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, join(dirname(file), source.path));
    }
  }
  return {
    stackName,
    region: region ?? somewhere.region,
    account: account ?? somewhere.account,
    parameters: Parameters,
    resources: Resources,
    assets,
  };
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Problem(`${file} is not what a synthesis writes: ${messageOf(cause)}`, { cause });
  }
}
