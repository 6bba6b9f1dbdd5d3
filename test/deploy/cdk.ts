import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const work = join(root, 'build/deploy');
const program = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

async function cdk(args: readonly string[], environment: Readonly<Record<string, string>>, cwd: string): Promise<void> {
  const env = { ...process.env, ...environment, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  try {
    await promisify(execFile)(process.execPath, [program, ...args, '--no-notices', '--no-color'], { cwd, env, timeout: 180_000 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`cdk ${args.join(' ')} failed:\n${`${stdout}\n${stderr}`.slice(-4_000)}`, { cause: error });
  }
}

/** Makes an account ready for deployments, away from `cdk.json`, whose app it does not need. */
export async function bootstrap(environment: Readonly<Record<string, string>>): Promise<void> {
  mkdirSync(work, { recursive: true });
  await cdk(['bootstrap', 'aws://000000000000/us-east-1'], environment, work);
}

/**
 * Deploys as an operator does, the security rules included.
 * @param configuration a configuration file
 * @returns the outputs of the stack
 */
export async function deploy(configuration: string, environment: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const outputs = join(work, 'outputs.json');
  const places = ['--output', join(work, 'cdk.out'), '--outputs-file', outputs];
  await cdk(['deploy', '--context', `config=${configuration}`, '--require-approval', 'never', ...places], environment, root);
  const [stack] = Object.values(JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, Record<string, string>>);
  if (stack === undefined) throw new Error('The deployment has no outputs');
  return stack;
}
