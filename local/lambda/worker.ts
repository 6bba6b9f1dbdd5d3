import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import { guardOf, type PermissionUse } from '../permissions/guard.ts';
import { guardStore } from '../permissions/store-guard.ts';
import { logTo } from './log.ts';
import type { FunctionError, FunctionResult, InvocationMessage, StorePermissions, WorkerMessage, WorkerSetting } from './messages.ts';

/** One execution environment: loads the handler once, then answers invocations until it is told to stop or breaks. */
const setting = workerData as WorkerSetting;
const port = parentPort;
if (port === null) throw new Error('This module runs in a worker');
logTo(setting.logFile, setting.verbose);

const post = (message: WorkerMessage) => port.postMessage(message);
if (setting.permissions !== undefined) keepTo(setting.permissions);
const handler = await loadHandler();
port.on('message', (message: InvocationMessage) => void answer(message));
post({ kind: 'ready' });

function keepTo({ engineUrl, place, logicalId, role, tellsUse }: StorePermissions): void {
  const functions = [{ logicalId, name: setting.functionName, role }];
  const onUse = tellsUse ? (use: PermissionUse) => post({ kind: 'use', use }) : undefined;
  guardStore({ engineUrl, place, guard: guardOf({ functions, account: place.account }, onUse) });
}

async function loadHandler(): Promise<(event: unknown, context: Context) => unknown> {
  const exported = ((await import(setting.module)) as Record<string, unknown>)[setting.exportName];
  if (typeof exported === 'function') return exported as (event: unknown, context: Context) => unknown;
  throw new Error(`${setting.exportName} is not a function that the module exports`);
}

async function answer({ id, requestId, event, deadline }: InvocationMessage): Promise<void> {
  try {
    const result = await handler(JSON.parse(event), contextOf(requestId, deadline));
    post({ kind: 'result', id, result: toResult(result ?? null) });
  } catch (error) {
    post({ kind: 'error', id, error: describe(error) });
  }
}

function toResult(result: unknown): FunctionResult {
  if (typeof result === 'object' && result !== null && 'statusCode' in result && 'body' in result && typeof result.body === 'string') {
    const { body, ...rest } = result;
    return { payload: JSON.stringify(rest), body };
  }
  return { payload: JSON.stringify(result) };
}

/** "Using the Lambda context object", AWS Lambda Developer Guide. The callbacks of old are gone since Node.js 24. */
function contextOf(requestId: string, deadline: number): Context {
  const { functionName, functionArn, memoryMegabytes } = setting;
  const context: Omit<Context, 'done' | 'fail' | 'succeed'> = {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  return context as Context;
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
