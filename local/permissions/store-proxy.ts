import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Place } from '../template/references.ts';
import type { Guard, Refusal } from './guard.ts';
import { needsOfDynamoDb } from './need.ts';
import { fieldReader, requestCutter, type WireRequest } from './requests.ts';

export interface StoreProxyOptions {
  readonly engineUrl: string;
  readonly guard: Guard;
  readonly place: Place;
}

export interface StoreProxy {
  /** What functions are told as DynamoDB's address. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Stands between the functions and the engine, and lets through what their roles allow. Every connection has one of its own to the engine;
 * what is allowed passes as it came, and answers pass unread: a call decides everything that an endpoint costs, and a proxy that
 * wrote requests and answers anew would cost three times as much.
 */
export async function startStoreProxy(options: StoreProxyOptions): Promise<StoreProxy> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (function_) => {
    const engine = connectTo(new URL(options.engineUrl));
    for (const socket of [function_, engine]) {
      open.add(socket);
      // An error is always followed by a close.
      socket.on('error', () => undefined).once('close', () => open.delete(socket));
    }
    function_.once('close', () => engine.destroy());
    engine.once('close', () => function_.destroy());
    engine.pipe(function_);
    const cut = requestCutter((request) => {
      const refusal = judge(request, options);
      if (refusal === undefined) engine.write(request.bytes);
      else function_.write(answerOf(refusal));
    });
    function_.on('data', (chunk) => {
      try {
        cut(chunk);
      } catch {
        function_.destroy();
      }
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function connectTo({ protocol, hostname, port }: URL): Socket {
  if (protocol === 'https:') return connectSecurely({ host: hostname, port: Number(port || 443), servername: hostname });
  return connect({ host: hostname, port: Number(port || 80), noDelay: true });
}

const target = fieldReader('x-amz-target');
const authorization = fieldReader('authorization');

function judge({ head, body }: WireRequest, { guard, place }: StoreProxyOptions): Refusal | undefined {
  const operation = target(head)?.split('.')[1];
  const request = parse(body);
  if (operation === undefined || request === undefined) return unreadable;
  return guard(authorization(head), needsOfDynamoDb(operation, request, place));
}

function parse(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const unreadable: Refusal = { __type: 'com.amazon.coral.service#SerializationException', Message: 'The request could not be read' };

function answerOf(refusal: Refusal): string {
  const body = JSON.stringify(refusal);
  const fields = ['content-type: application/x-amz-json-1.0', `content-length: ${Buffer.byteLength(body)}`];
  return `HTTP/1.1 400 Bad Request\r\n${fields.join('\r\n')}\r\n\r\n${body}`;
}
