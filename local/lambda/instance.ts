import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PermissionUse } from '../permissions/guard.ts';
import { messageOf, Problem, systemCode } from '../problem.ts';
import type { FunctionPlan } from '../template/functions.ts';
import type { Place } from '../template/references.ts';
import type { FunctionError, FunctionResult, InvocationMessage, WorkerMessage, WorkerSetting } from './messages.ts';

/**
 * What requests under way hold should not outlive it: with 16, posts took 4 % more time, and no less memory. Node.js's own choice of 192
 * gives nothing more.
 */
const youngMegabytes = 48;

export type Outcome = ({ readonly ok: true } & FunctionResult) | { readonly ok: false; readonly error: FunctionError };

/** One worker with the handler loaded. */
export interface Instance {
  /** Settles when the handler can be called; rejects if the instance ends before. */
  readonly ready: Promise<void>;
  /** Settles with the reason when the worker has ended. */
  readonly ended: Promise<string>;
  /** Answers with an error, and never rejects, if the worker ends meanwhile. */
  invoke(message: Omit<InvocationMessage, 'id'>): Promise<Outcome>;
  /** How many invocations it has not answered. */
  busy(): number;
  stop(): Promise<void>;
}

export interface InstanceOptions {
  readonly plan: FunctionPlan;
  readonly environment: Record<string, string>;
  readonly logFile: string;
  readonly verbose: boolean;
  /** Where its permissions are enforced, and who hears of those that a call made use of; nothing where all is allowed. */
  readonly permissions?: { readonly engineUrl: string; readonly place: Place; readonly onUse?: (use: PermissionUse) => void };
}

/**
 * Starts a function in a worker thread of its own.
 * @throws Problem if the asset has no such module
 */
export function startInstance({ plan, environment, logFile, verbose, permissions }: InstanceOptions): Instance {
  const setting: WorkerSetting = {
    ...locateHandler(plan),
    functionName: plan.name,
    functionArn: plan.arn,
    memoryMegabytes: plan.memoryMegabytes,
    logFile,
    verbose,
    permissions: permissions && {
      ...{ engineUrl: permissions.engineUrl, place: permissions.place, tellsUse: permissions.onUse !== undefined },
      ...{ logicalId: plan.logicalId, role: plan.role },
    },
  };
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    name: plan.name,
    workerData: setting,
    env: environment,
    execArgv: [],
    argv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: plan.memoryMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  const pending = new Map<number, (outcome: Outcome) => void>();
  const { promise: ready, resolve: becomeReady, reject: failReady } = Promise.withResolvers<void>();
  ready.catch(() => undefined);
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  let lastId = 0;
  let reason: string | undefined;

  const settle = (id: number, outcome: Outcome) => {
    pending.get(id)?.(outcome);
    pending.delete(id);
  };
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'ready') becomeReady();
    else if (message.kind === 'use') permissions?.onUse?.(message.use);
    else if (message.kind === 'result') settle(message.id, { ok: true, ...message.result });
    else settle(message.id, { ok: false, error: message.error });
  });
  worker.on('error', (error) => {
    reason = systemCode(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? `out of memory (${plan.memoryMegabytes} MB)` : messageOf(error);
  });
  worker.once('exit', (code) => {
    const why = reason ?? `exit status ${code}`;
    reason = why;
    for (const id of [...pending.keys()]) settle(id, { ok: false, error: exited(why) });
    failReady(new Error(why));
    end(why);
  });
  return {
    ready,
    ended,
    invoke(message) {
      if (reason !== undefined) return Promise.resolve({ ok: false, error: exited(reason) });
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        pending.set(id, resolve);
        worker.postMessage({ ...message, id } satisfies InvocationMessage);
      });
    },
    busy: () => pending.size,
    async stop() {
      await worker.terminate();
    },
  };
}

function exited(why: string): FunctionError {
  return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited: ${why}`, trace: [] };
}

/** "Define Lambda function handler in Node.js": `file.export`, where the file ends in .mjs, .js or .cjs. */
function locateHandler({ directory, handler, name }: FunctionPlan): { module: string; exportName: string } {
  const dot = handler.lastIndexOf('.');
  const file = ['.mjs', '.js', '.cjs'].map((extension) => join(directory, handler.slice(0, dot) + extension)).find(existsSync);
  if (dot < 1 || file === undefined) throw new Problem(`The code of ${name} has no module for its handler ${handler}`);
  return { module: pathToFileURL(file).href, exportName: handler.slice(dot + 1) };
}
