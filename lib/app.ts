import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import manifest from '../cdk.json' with { type: 'json' };
import { bundleDirectory } from './bundle.ts';
import { type Configuration, loadConfiguration, stackName } from './configuration.ts';
import { FirewallStack } from './firewall-stack.ts';
import { UnderstoryStack } from './understory-stack.ts';

const productionFile = fileURLToPath(new URL('../config/production.json', import.meta.url));

export interface AppOptions {
  /** By default, the file that the context key `config` names (`cdk synth -c config=FILE`), or that of production. */
  readonly configuration?: Configuration;
  /** Where the cloud assembly goes: by default where the CDK command line wants it, or a new temporary folder. */
  readonly outdir?: string;
  /** Holds one folder per function, each with `index.mjs`: by default where `bundleFunctions` puts them. */
  readonly codeDirectory?: string;
  /** Whether synthesis also checks the template against AWS's own rules. The laptop goes without: they take longer than all the rest. */
  readonly validate?: boolean;
}

/**
 * The CDK app with its stack, and the firewall of its edge, not yet synthesised. Bundle the functions first: their code is read here.
 * @throws ConfigurationError before anything is made
 * @example
 * await bundleFunctions();
 * const [stack] = createApp({ configuration, outdir, validate: false }).synth().stacks;
 */
export function createApp(options: AppOptions = {}): App {
  const { outdir, codeDirectory = bundleDirectory, validate = true } = options;
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    // The command line hands over the context of cdk.json by itself; everybody else gets the same feature flags from here.
    context: manifest.context,
    analyticsReporting: false,
    treeMetadata: validate,
    builtinCloudFormationValidation: validate,
  });
  const configuration = options.configuration ?? loadConfiguration(app.node.tryGetContext('config') ?? productionFile);
  const name = stackName(configuration);
  const firewall = configuration.edge.enabled ? new FirewallStack(app, `${name}-Firewall`, configuration) : undefined;
  new UnderstoryStack(app, name, { configuration, codeDirectory, webAclArn: firewall?.webAclArn });
  return app;
}
