import type { PermissionUse } from '../permissions/guard.ts';
import type { Place } from '../template/references.ts';
import type { RolePlan } from '../template/roles.ts';

/** What a worker is told when it starts. */
export interface WorkerSetting {
  /** URL of the module with the handler. */
  readonly module: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly logFile: string;
  /** Whether what the function prints also goes to the terminal. */
  readonly verbose: boolean;
  /** What it may do with the store; nothing where all is allowed. */
  readonly permissions: StorePermissions | undefined;
}

/** Who a function is to the store, and what it may do there. */
export interface StorePermissions {
  readonly engineUrl: string;
  readonly place: Place;
  readonly logicalId: string;
  readonly role: RolePlan;
  /** Whether every permission that a call made use of is told. */
  readonly tellsUse: boolean;
}

/** Events and results travel as JSON text, as they do to Lambda: what JSON cannot say does not arrive here either. */
export interface InvocationMessage {
  readonly id: number;
  readonly requestId: string;
  readonly event: string;
  /** When the time is over, in milliseconds since the epoch. */
  readonly deadline: number;
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'use'; readonly use: PermissionUse }
  | { readonly kind: 'result'; readonly id: number; readonly result: FunctionResult }
  | { readonly kind: 'error'; readonly id: number; readonly error: FunctionError };

/** What a function returned. */
export interface FunctionResult {
  /** JSON text. */
  readonly payload: string;
  /** The body of an HTTP answer, which then is not in the JSON: to quote 12 KB there and back takes 50 µs, as long as all the rest. */
  readonly body?: string;
}

/** An error as Lambda answers it ("Lambda function errors in Node.js", AWS Lambda Developer Guide). */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}
