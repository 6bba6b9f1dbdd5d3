import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createApp } from '../../lib/app.ts';
import { type Configuration, parseConfiguration, stackName } from '../../lib/configuration.ts';
import { type FunctionName, functionNames } from '../../lib/function-names.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is data, of whatever shape its resource type has
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const production = {
  stage: 'test',
  edge: { enabled: false },
  allowedOrigins: ['https://www.example.com'],
  identity: {
    siteSecret: true,
    providers: [{ issuer: 'https://id.example.com/', audience: 'comments', jwksUri: 'https://id.example.com/jwks' }],
  },
};

/** A configuration like that of production, but for what is given. Its edge is off, so that the stack is the only one. */
export function configure(changes: Partial<Record<keyof Configuration, unknown>> = {}): Configuration {
  return parseConfiguration({ ...production, ...changes });
}

/** Stubs for the code of the functions: a folder for each. All tests of a process share it, so that it goes with the run. */
export const codeDirectory = mkdtempSync(join(tmpdir(), 'understory-stack-'));

for (const name of functionNames) {
  mkdirSync(join(codeDirectory, name));
  writeFileSync(join(codeDirectory, name, 'index.mjs'), `export const handler = () => '${name}';`);
  writeFileSync(join(codeDirectory, name, 'index.mjs.map'), '{}');
}

/** What switches the edge on. */
export const withEdge = { region: 'eu-central-1', edge: {} };

/** The app with stubs for code, so that no test of the stack has to bundle. */
export function makeApp(configuration: Configuration = configure(), validate = false): App {
  return createApp({ configuration, validate, outdir: mkdtempSync(join(codeDirectory, 'assembly-')), codeDirectory });
}

/** A synthesised stack, with the questions that the tests ask of it. */
export class SynthesisedStack {
  readonly name: string;
  readonly terminationProtection: boolean | undefined;
  readonly template: Template;
  readonly assetDirectories: readonly string[];

  /** The template of the edge's firewall, where there is an edge. */
  readonly firewall: Template | undefined;
  readonly firewallTerminationProtection: boolean | undefined;

  constructor(configuration: Configuration = configure()) {
    const assembly = makeApp(configuration).synth();
    const stack = assembly.getStackByName(stackName(configuration));
    const firewall = assembly.stacks.find(({ stackName }) => stackName === `${stack.stackName}-Firewall`);
    this.firewall = firewall && Template.fromJSON(firewall.template);
    this.firewallTerminationProtection = firewall?.terminationProtection;
    this.name = stack.stackName;
    this.terminationProtection = stack.terminationProtection;
    this.template = Template.fromJSON(stack.template);
    this.assetDirectories = Object.values(this.resources('AWS::Lambda::Function')).map((lambda) =>
      join(assembly.directory, `asset.${lambda.Properties.Code.S3Key.replace('.zip', '')}`),
    );
  }

  /** Every resource of a type, by its logical id. */
  resources(type: string): Record<string, Resource> {
    return this.template.findResources(type) as Record<string, Resource>;
  }

  /** The one resource of a type. */
  sole(type: string): Resource {
    const found = Object.values(this.resources(type));
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
    return found[0]!;
  }

  /** Logical id and definition of a function. */
  lambda(name: FunctionName): [id: string, lambda: Resource] {
    const found = Object.entries(this.resources('AWS::Lambda::Function')).find(([id]) => id.startsWith(`${name}Function`));
    if (!found) throw new Error(`No function ${name}`);
    return found;
  }

  /** The statements of a function's role. */
  statements(name: FunctionName): Statement[] {
    const [roleId] = this.lambda(name)[1].Properties.Role['Fn::GetAtt'];
    return Object.values(this.resources('AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some((role: { Ref: string }) => role.Ref === roleId))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  }
}
