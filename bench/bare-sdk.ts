import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleFunctions } from '../lib/bundle.ts';
import { type FunctionName, functionNames } from '../lib/function-names.ts';
import { documentCommands } from './document-commands.ts';

/**
 * Bundles, for each function, what it would weigh if it were nothing but the SDK: its clients as they come, and the commands
 * that it sends.
 *
 * @param ours what bundling the functions told
 * @param directory gets the entries and `<name>/index.mjs`; it lies in the project, so that the SDK is found from it
 */
export async function bundleBareSdk(ours: Metafile, directory: string): Promise<Metafile> {
  const entryDirectory = join(directory, 'entries');
  await mkdir(entryDirectory, { recursive: true });
  for (const name of functionNames) {
    const commands = Object.entries(commandsOf(outputOf(ours, name)));
    const lines = commands.flatMap(([client, names]) => bareClient[client]?.(names) ?? []);
    await writeFile(join(entryDirectory, `${name}.ts`), `${lines.join('\n')}\nexport const handler = async () => ({ statusCode: 204 });\n`);
  }
  return bundleFunctions({ entryDirectory, outputDirectory: directory, wholeSdk: true });
}

/** What went into a bundle, and how large it is. */
export type Output = Metafile['outputs'][string];

/** The bundle of a function. */
export function outputOf({ outputs }: Metafile, name: FunctionName): Output {
  const found = Object.entries(outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`));
  if (found === undefined) throw new Error(`there is no bundle of ${name}`);
  return found[1];
}

/** How each client that the functions use is made bare. Exporting the commands keeps them in the bundle. */
const bareClient: Readonly<Record<string, (commands: readonly string[]) => string[]>> = {
  'client-dynamodb': (commands) => {
    const documents = commands.flatMap(documentNameOf).join(', ');
    return [
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
      `import { DynamoDBDocumentClient, ${documents} } from '@aws-sdk/lib-dynamodb';`,
      `export const table = [DynamoDBDocumentClient.from(new DynamoDBClient()), ${documents}];`,
    ];
  },
  'client-eventbridge': (commands) => [
    `import { EventBridgeClient, ${commands.join(', ')} } from '@aws-sdk/client-eventbridge';`,
    `export const bus = [new EventBridgeClient(), ${commands.join(', ')}];`,
  ],
  'client-secrets-manager': (commands) => [
    `import { SecretsManagerClient, ${commands.join(', ')} } from '@aws-sdk/client-secrets-manager';`,
    `export const secrets = [new SecretsManagerClient(), ${commands.join(', ')}];`,
  ],
};

function documentNameOf(command: string): string[] {
  // The plain client sends it by itself, to find endpoints.
  if (command === 'DescribeEndpointsCommand') return [];
  const { name } = documentCommands[command] ?? {};
  if (name === undefined) throw new Error(`there is no document command for ${command}`);
  return [name];
}

/** The commands that are in a bundle, by the client that sends them. */
function commandsOf({ inputs }: Output): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const [, client, command] =
      /@aws-sdk\/(client-dynamodb|client-eventbridge|client-secrets-manager)\/dist-es\/commands\/(\w+Command)\.js$/.exec(path) ?? [];
    if (client !== undefined && command !== undefined && bytesInOutput > 0) {
      found[client] ??= [];
      found[client].push(command);
    }
  }
  return found;
}
