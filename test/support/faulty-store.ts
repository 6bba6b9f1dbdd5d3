import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What may go wrong on the way to the store and back. */
export const faults = [
  'throttled',
  'short of throughput',
  'in conflict',
  'broken',
  'unreachable',
  'silent about what it did',
  'hanging',
] as const;
export type Fault = (typeof faults)[number];

/** A call as it arrives at the store. */
export interface StoreCall {
  /** For example `GetItem`. */
  operation: string;
  /** The access key that signed it: in the local runtime a function's logical id. */
  signer: string;
  /** 1 for the first try of a call, more where the SDK repeats it. */
  attempt: number;
}

/** Stands before an engine and does to calls what `choose` says. */
export interface FaultyStore {
  readonly url: string;
  /** Says what goes wrong with a call; nothing does unless it is set. What is about streams is never asked for. */
  choose: (call: StoreCall) => Fault | undefined;
  close(): Promise<void>;
}

/** Starts a store that fails as it is told to, in front of the engine at `engineUrl`. */
export async function startFaultyStore(engineUrl: string): Promise<FaultyStore> {
  const { hostname, port } = new URL(engineUrl);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, response) => {
    const target = String(incoming.headers['x-amz-target']);
    const call = {
      operation: target.split('.')[1] ?? '',
      attempt: Number(/attempt=(\d+)/.exec(String(incoming.headers['amz-sdk-request']))?.[1] ?? 1),
      signer: /Credential=(\w+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '',
    };
    const fault = target.startsWith('DynamoDB_') ? store.choose(call) : undefined;
    const error = fault && errors[fault]?.(call.operation);
    if (fault === 'unreachable') response.socket?.resetAndDestroy();
    else if (fault === 'hanging') incoming.resume();
    else if (error) incoming.resume().on('end', () => answer(response, error));
    else forward(incoming, fault === 'silent about what it did' ? undefined : response, { agent, hostname, port });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store: FaultyStore = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    choose: () => undefined,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return store;
}

/** @param response where the answer goes; without it the connection is cut once the engine has done what it was asked */
function forward(incoming: IncomingMessage, response: ServerResponse | undefined, to: object): void {
  const { method, headers, socket } = incoming;
  const outgoing = request({ ...to, method, headers, path: '/' }, (answered) => {
    if (response === undefined) answered.resume().once('end', () => socket.resetAndDestroy());
    else answered.pipe(response.writeHead(answered.statusCode ?? 500, answered.headers));
  });
  outgoing.once('error', () => socket.destroy());
  incoming.pipe(outgoing);
}

type ErrorAnswer = [status: number, body: object];

const named = (name: string, status = 400, more: object = {}): ErrorAnswer => [
  status,
  { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'as told', ...more },
];

/** How DynamoDB words what goes wrong (Developer Guide, "Error handling with DynamoDB"). */
const errors: Partial<Record<Fault, (operation: string) => ErrorAnswer>> = {
  throttled: () => named('ThrottlingException'),
  'short of throughput': () => named('ProvisionedThroughputExceededException'),
  'in conflict': (operation) =>
    operation === 'TransactWriteItems'
      ? named('TransactionCanceledException', 400, { CancellationReasons: [{ Code: 'TransactionConflict', Message: 'as told' }] })
      : named('TransactionConflictException'),
  broken: () => named('InternalServerError', 500),
};

function answer(response: ServerResponse, [status, body]: ErrorAnswer): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
