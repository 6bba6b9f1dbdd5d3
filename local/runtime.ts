import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Chaos, describeCounts, startChaos } from './chaos/chaos.ts';
import { type EngineClients, engineClients } from './engine/clients.ts';
import { type Engine, startEngine } from './engine/engine.ts';
import { ensureTable } from './engine/tables.ts';
import { type EventBus, startEventBus } from './events/bus.ts';
import type { BusEvent } from './events/event.ts';
import { ruleTargets } from './events/rules.ts';
import { startSchedules } from './events/schedules.ts';
import { startGateway } from './gateway/gateway.ts';
import { functionEnvironment, type Surroundings } from './lambda/environment.ts';
import { type LambdaFunction, startFunction } from './lambda/function.ts';
import { type Guard, guardOf, type PermissionUse } from './permissions/guard.ts';
import { messageOf, Problem } from './problem.ts';
import { secretOf } from './secrets.ts';
import { startSecretsManager } from './secrets-manager.ts';
import { openStore, type Store } from './store/store.ts';
import { startMapping } from './streams/mapping.ts';
import { openQueue, type Queue } from './streams/queue.ts';
import { RecentPages } from './streams/recent-pages.ts';
import { type MappingAtRest, trimStreams } from './streams/trim.ts';
import { synthesise } from './synthesis/synthesise.ts';
import { readAssembly } from './template/assembly.ts';
import type { MappingPlan } from './template/mappings.ts';
import { type Plan, planStack } from './template/plan.ts';

export interface RuntimeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** Where everything is kept that outlives a run. */
  readonly dataDir: string;
  /** Whether to delete what an earlier run kept there. */
  readonly fresh?: boolean;
  /** `dynoxide` (the default), `dynamodb-local`, or the URL of an engine that already runs. */
  readonly engine?: string;
  /** The seed of faults between the stream and its functions; none if it is left out. */
  readonly chaos?: number;
  /** Whether what the functions print also goes to the terminal. */
  readonly verbose?: boolean;
  /** The configuration file to synthesise with: by default `config/local.json`. */
  readonly configuration?: string;
  /** A cloud assembly that is already synthesised, to run instead. */
  readonly assembly?: string;
  /** Gets a line for every step. */
  readonly onProgress?: (line: string) => void;
  /** Gets every event that is published on a bus of the template. */
  readonly onEvent?: (event: BusEvent) => void;
  /** Whether functions may do what their roles allow and nothing else: so it is unless `false`. */
  readonly enforcePermissions?: boolean;
  /** Gets every permission that a call of a function made use of. */
  readonly onPermissionUse?: (use: PermissionUse) => void;
  /** Gets a line for whatever goes wrong while it runs. */
  readonly onProblem?: (line: string) => void;
}

export interface Runtime {
  readonly url: string;
  readonly engineUrl: string;
  /** The names of the template's tables. */
  readonly tables: readonly string[];
  /** Settles with the reason if the runtime can no longer work. */
  readonly failed: Promise<string>;
  /** What is behind the stream, for whoever works in the place of the mappings. */
  readonly backstage: Backstage;
  /**
   * Resolves once every change so far, and all that followed from it, has been through the functions that it wakes.
   * @throws Problem if that takes longer
   */
  drained(timeoutMilliseconds?: number): Promise<void>;
  /** Answers what is under way, writes down where it is, and ends. */
  stop(): Promise<void>;
}

export interface Backstage {
  readonly region: string;
  /** What functions could not process. */
  readonly queues: readonly Queue[];
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly mappings: readonly { readonly plan: MappingPlan; readonly streamArn: string; readonly engineStreamArn: string }[];
  readonly chaos: Chaos | undefined;
}

const localConfiguration = fileURLToPath(new URL('../config/local.json', import.meta.url));

/**
 * Runs the synthesised stack on this machine: its routes, functions, tables and stream, read from the template that would be deployed.
 * @throws Problem for whatever its user can mend
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { onProgress = () => undefined, onProblem = () => undefined } = options;
  // In the order in which things were started; stopping goes backwards.
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) await next();
  };
  try {
    const store = openStore({ directory: options.dataDir, fresh: options.fresh ?? false });
    stops.push(store.release);
    onProgress(`Store ${store.directory}`);
    const [plan, engine] = await bothOrNone(
      prepareTemplate(options, onProgress),
      prepareEngine(options, store, stops, onProgress, onProblem),
    );
    const clients = engineClients(engine.url, plan.region);
    stops.push(clients.destroy);

    const functions = new Map<string, LambdaFunction>();
    const guard = options.enforcePermissions === false ? undefined : guardOf(plan, options.onPermissionUse);
    const bus = await startBus(plan, guard, functions, options, onProblem);
    stops.push(bus.close);
    const secrets = await startSecretsManager((id, stage) => (stage === 'AWSCURRENT' ? secretOf(id) : undefined), guard);
    stops.push(secrets.close);
    const surroundings = { region: plan.region, storeUrl: engine.url, eventsUrl: bus.url, secretsUrl: secrets.url };
    startFunctions(plan, functions, surroundings, store, options, onProblem);
    stops.push(() => Promise.all([...functions.values()].map((each) => each.stop())));
    const streamArns = await prepareTables(plan, clients);
    onProgress(`Tables ${plan.tables.map(({ name }) => name).join(', ')}`);
    await Promise.all([...functions.values()].map((each) => each.ready)).catch((cause) => {
      throw new Problem(`A function cannot be loaded: ${cause.message}`, { cause });
    });
    onProgress(`Functions ${plan.functions.length}`);
    const queues = plan.queues.map((name) => openQueue(store.folder('queues'), name));
    const streams = plan.mappings.map((mapping) => ({ plan: mapping, ...streamOf(mapping, plan, streamArns) }));
    const chaos = options.chaos === undefined ? undefined : startChaos(options.chaos);
    const backstage: Backstage = { region: plan.region, queues, functions, mappings: streams, chaos };
    const mappings = await startMappings(backstage, clients, engine, store, options);
    stops.push(() => Promise.all(mappings.map((mapping) => mapping.stop())));
    stops.push(startSchedules(plan, functions, onProblem));
    if (chaos !== undefined) {
      onProgress(`Chaos, seed ${chaos.seed}`);
      stops.push(() => {
        chaos.stop();
        onProgress(`Chaos: ${describeCounts(chaos.counts)}`);
      });
    }

    const gateway = await startGateway({ api: plan.api, accountId: plan.account, functions, port: options.port, onProblem });
    stops.push(gateway.close);
    onProgress(`Routes ${plan.api.routes.length}`);
    return {
      url: `http://127.0.0.1:${gateway.port}`,
      engineUrl: engine.url,
      tables: plan.tables.map(({ name }) => name),
      failed: engine.failed,
      backstage,
      drained: (timeout = 10_000) => drained(mappings, chaos, timeout),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepareTemplate(options: RuntimeOptions, onProgress: (line: string) => void): Promise<Plan> {
  const { assembly, reused } = options.assembly
    ? { assembly: options.assembly, reused: true }
    : await synthesise(options.configuration ?? localConfiguration);
  const plan = planStack(readAssembly(assembly), secretOf);
  onProgress(reused ? 'Template unchanged' : 'Template synthesised');
  return plan;
}

async function prepareEngine(
  options: RuntimeOptions,
  store: Store,
  stops: (() => unknown)[],
  onProgress: (line: string) => void,
  onProblem: (line: string) => void,
): Promise<Engine> {
  const engine = await startEngine(options.engine ?? 'dynoxide', store, onProblem);
  stops.push(engine.stop);
  onProgress(`Engine ${engine.url}`);
  return engine;
}

/** Waits for both also if the first fails, so that nothing is still starting when all is stopped. */
async function bothOrNone<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

/** @param functions what rules may invoke; they are started after the bus, whose address they are told */
function startBus(
  { buses, rules, account, region }: Plan,
  guard: Guard | undefined,
  functions: ReadonlyMap<string, LambdaFunction>,
  { onEvent = () => undefined }: RuntimeOptions,
  onProblem: (line: string) => void,
): Promise<EventBus> {
  const targets = ruleTargets(rules, functions, onProblem);
  return startEventBus({
    ...{ buses, account, region },
    ...(guard && { guard }),
    onEvent(busName, event) {
      onEvent(event);
      void targets.deliver(busName, event);
    },
  });
}

function startFunctions(
  plan: Plan,
  functions: Map<string, LambdaFunction>,
  surroundings: Surroundings,
  store: Store,
  { verbose = false, enforcePermissions = true, onPermissionUse }: RuntimeOptions,
  onProblem: (line: string) => void,
): void {
  const { region, account } = plan;
  const permissions = { engineUrl: surroundings.storeUrl, place: { region, account }, ...(onPermissionUse && { onUse: onPermissionUse }) };
  const scheduled = new Set(plan.schedules.flatMap(({ functionNames }) => functionNames));
  for (const each of plan.functions) {
    const environment = functionEnvironment(each, surroundings);
    const logFile = join(store.folder('logs'), `${each.name}.log`);
    functions.set(
      each.name,
      startFunction({
        ...{ plan: each, environment, logFile, verbose, whenInvoked: scheduled.has(each.name), onProblem },
        ...(enforcePermissions && { permissions }),
      }),
    );
  }
}

/** @returns the engine's stream ARN of each table that has a stream */
async function prepareTables(plan: Plan, clients: EngineClients): Promise<Map<string, string>> {
  const streamArns = new Map<string, string>();
  for (const table of plan.tables) {
    const streamArn = await ensureTable(clients.tables, table);
    if (streamArn !== undefined) streamArns.set(table.name, streamArn);
  }
  return streamArns;
}

/** A mapping's stream as records call it, and as the engine does. */
function streamOf({ id, tableName }: MappingPlan, { region, account }: Plan, streamArns: ReadonlyMap<string, string>) {
  const engineStreamArn = streamArns.get(tableName);
  if (engineStreamArn === undefined) throw new Problem(`${id} maps the stream of ${tableName}, which has none`);
  const label = engineStreamArn.split('/stream/')[1];
  return { engineStreamArn, streamArn: `arn:aws:dynamodb:${region}:${account}:table/${tableName}/stream/${label}` };
}

async function startMappings(
  { region, functions, mappings, queues, chaos }: Backstage,
  clients: EngineClients,
  engine: Engine,
  store: Store,
  options: RuntimeOptions,
) {
  const { onProblem = () => undefined } = options;
  const recent = new RecentPages();
  const atRest = mappings.map((mapping) => ({
    ...mapping,
    checkpointFile: join(store.folder('checkpoints'), `${mapping.plan.id}.json`),
    failureQueue: queues.find(({ name }) => name === mapping.plan.failureQueue),
  }));
  await trimOrSay(atRest, engine, options);
  return await Promise.all(
    atRest.map((mapping) => {
      const { id, functionName } = mapping.plan;
      const target = functions.get(functionName);
      if (target === undefined) throw new Problem(`${id} maps a stream to ${functionName}, which is missing`);
      return startMapping({ ...mapping, function: target, client: clients.streams, region, recent, chaos, onProblem });
    }),
  );
}

/** Trims what may be trimmed. A store that it cannot be done in works all the same, so the runtime starts. */
async function trimOrSay(
  mappings: readonly MappingAtRest[],
  engine: Engine,
  { onProgress = () => undefined, onProblem = () => undefined }: RuntimeOptions,
): Promise<void> {
  try {
    const trimmed = await trimStreams(mappings, engine.trim, new Date());
    if (trimmed > 0) onProgress(`Trimmed ${trimmed} stream records`);
  } catch (error) {
    onProblem(`The stream's records cannot be trimmed: ${messageOf(error)}`);
  }
}

/** What one mapping's function writes may be what another one waits for: all have to be idle at once. */
async function drained(mappings: Awaited<ReturnType<typeof startMappings>>, chaos: Chaos | undefined, timeout: number): Promise<void> {
  const activity = () => mappings.reduce((sum, mapping) => sum + mapping.activity(), 0);
  const all = async () => {
    for (let before = -1; before !== activity() || chaos?.pending(); ) {
      before = activity();
      await Promise.all([...mappings.map((mapping) => mapping.idle()), chaos?.idle()]);
    }
  };
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Problem(`The stream was not drained within ${timeout} ms`)), timeout);
  try {
    await Promise.race([all(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
