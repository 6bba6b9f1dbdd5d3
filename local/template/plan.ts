import type * as z from 'zod';
import { Problem } from '../problem.ts';
import { type ApiPlan, apiReading, integrationReading, planApi, routeReading, stageReading } from './api.ts';
import type { Assembly } from './assembly.ts';
import { busReading, planRule, type RulePlan, ruleReading, type SchedulePlan } from './events.ts';
import { eventInvokeReading, type FunctionPlan, functionReading, planFunction, type SecretSource } from './functions.ts';
import type { References } from './intrinsics.ts';
import { type MappingPlan, mappingReading, planMapping, requireAccess } from './mappings.ts';
import { type Reading, readProperties } from './properties.ts';
import { identify, referencesOf } from './references.ts';
import { planRoles, policyReading, roleReading } from './roles.ts';
import { type TablePlan, tableReading } from './tables.ts';

/** Everything of a template that runs. */
export interface Plan {
  readonly region: string;
  readonly account: string;
  readonly tables: readonly TablePlan[];
  readonly functions: readonly FunctionPlan[];
  readonly mappings: readonly MappingPlan[];
  readonly queues: readonly string[];
  /** The names of event buses, and the rules on them. */
  readonly buses: readonly string[];
  readonly rules: readonly RulePlan[];
  /** What goes off by the clock. */
  readonly schedules: readonly SchedulePlan[];
  readonly api: ApiPlan;
}

const table = 'AWS::DynamoDB::Table';
const lambda = 'AWS::Lambda::Function';
const eventInvoke = 'AWS::Lambda::EventInvokeConfig';
const mapping = 'AWS::Lambda::EventSourceMapping';
const queue = 'AWS::SQS::Queue';
const bus = 'AWS::Events::EventBus';
const rule = 'AWS::Events::Rule';
const secret = 'AWS::SecretsManager::Secret';
const role = 'AWS::IAM::Role';
const policy = 'AWS::IAM::Policy';
const api = 'AWS::ApiGatewayV2::Api';
const integration = 'AWS::ApiGatewayV2::Integration';
const route = 'AWS::ApiGatewayV2::Route';
const stage = 'AWS::ApiGatewayV2::Stage';
const understood = [table, lambda, eventInvoke, mapping, queue, bus, rule, secret, role, policy, api, integration, route, stage];

/**
 * Nothing that runs on the laptop behaves otherwise with or without these: who may call what, logs' retention, dashboards and alarms
 * with what they are told through, CDK's own.
 */
const withoutRuntimeMeaning = [
  /^AWS::Logs::/,
  /^AWS::Lambda::Permission$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::CloudWatch::/,
  /^AWS::SNS::/,
  /^AWS::CDK::Metadata$/,
];

/**
 * Reads out of a synthesised stack what has to run.
 * @param secretOf what the template's references to its secrets stand for
 * @throws Problem for a resource, a property or an intrinsic that the laptop would have to ignore
 */
export function planStack(assembly: Assembly, secretOf: SecretSource): Plan {
  refuseUnknownTypes(assembly);
  const references = referencesOf(assembly);
  const read = reader(assembly, references);
  const { account, region } = assembly;
  const named = (id: string) => ({ name: references.ref(id), arn: references.attribute(id, 'Arn') });
  const roleOf = planRoles(
    read.all(role, roleReading).map(([id]) => named(id)),
    read.all(policy, policyReading).map(([, properties]) => properties),
  );
  const invokeConfigs = read.all(eventInvoke, eventInvokeReading).map(([, properties]) => properties);
  const functions = read
    .all(lambda, functionReading)
    .map(([id, properties]) => planFunction(id, named(id), properties, assembly, { secretOf, roleOf, invokeConfigs }));
  const mappings = read.all(mapping, mappingReading).map(([id, properties]) => {
    const planned = planMapping(id, properties);
    const target = functions.find(({ name }) => name === planned.functionName);
    if (target !== undefined) requireAccess(id, properties, target.role);
    return planned;
  });
  const rules = read.all(rule, ruleReading).map(([id, properties]) => planRule(id, properties));
  return {
    region,
    account,
    tables: read.all(table, tableReading).map(([id, properties]) => ({ ...properties, name: references.ref(id) })),
    functions,
    mappings,
    queues: read.ids(queue).map((id) => references.attribute(id, 'QueueName')),
    buses: read.all(bus, busReading).map(([, { Name }]) => Name),
    rules: rules.flatMap((each) => ('rule' in each ? [each.rule] : [])),
    schedules: rules.flatMap((each) => ('schedule' in each ? [each.schedule] : [])),
    api: planHttpApi(read, assembly),
  };
}

function planHttpApi(read: ReturnType<typeof reader>, assembly: Assembly): ApiPlan {
  const [id, properties] = only(read.all(api, apiReading), api);
  const [, stageProperties] = only(read.all(stage, stageReading), stage);
  const routes = read.all(route, routeReading).map(([, each]) => each);
  return planApi(identify(id, assembly).ref, properties, stageProperties, routes, new Map(read.all(integration, integrationReading)));
}

function reader({ resources }: Assembly, references: References) {
  const ids = (type: string) => Object.keys(resources).filter((id) => resources[id]?.Type === type);
  return {
    ids,
    all: <T extends z.ZodObject>(type: string, reading: Reading<T>): (readonly [string, z.output<T>])[] =>
      Object.entries(resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => [id, readProperties(id, resource, reading, references)] as const),
  };
}

function refuseUnknownTypes({ resources }: Assembly): void {
  for (const [id, { Type, Condition }] of Object.entries(resources)) {
    if (withoutRuntimeMeaning.some((pattern) => pattern.test(Type))) continue;
    if (!understood.includes(Type)) throw new Problem(`The laptop cannot run ${id} (${Type})`);
    if (Condition !== undefined) throw new Problem(`The laptop does not understand the condition ${Condition} of ${id}`);
  }
}

function only<T>(found: readonly T[], type: string): T {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Problem(`The laptop runs one ${type}, the template has ${found.length}`);
  return first;
}
