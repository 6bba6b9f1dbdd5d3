import { Socket } from 'node:net';
import type { Place } from '../template/references.ts';
import type { Guard, Refusal } from './guard.ts';
import { needsOfDynamoDb } from './need.ts';
import { fieldReader, requestCutter, type WireRequest } from './requests.ts';

export interface StoreGuardOptions {
  readonly engineUrl: string;
  readonly guard: Guard;
  readonly place: Place;
}

/**
 * Stands, in the thread of a function, between all its connections and the engine, whichever library opened them: a request goes out if the
 * role allows it, byte for byte, and is answered on the spot if not. Answers pass unread.
 *
 * @returns ends it for connections that are opened from then on
 */
export function guardStore(options: StoreGuardOptions): () => void {
  const engine = new URL(options.engineUrl);
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (this: Socket, ...where: unknown[]) {
    if (leadsTo(engine, where)) guardSocket(this, options);
    return Reflect.apply(connect, this, where);
  } as typeof connect;
  return () => {
    Socket.prototype.connect = connect;
  };
}

/** Whether this is where to connect to, in any form that `net.Socket` takes: its own normalised one, options, or a port. */
function leadsTo({ protocol, port, hostname }: URL, where: readonly unknown[]): boolean {
  const [first, second] = Array.isArray(where[0]) ? where[0] : where;
  const { port: at, host } =
    typeof first === 'object' && first !== null ? (first as { port?: unknown; host?: unknown }) : { port: first, host: second };
  const isPort = Number(at) === Number(port || (protocol === 'https:' ? 443 : 80));
  // A loopback port belongs to one program, by whatever name it is called.
  return isPort && (isLoopback(hostname) || host === hostname);
}

const isLoopback = (hostname: string) => hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';

/** Puts the check in place of where a socket hands over what was written to it ("API for stream implementers", Node.js). */
function guardSocket(socket: Socket, options: StoreGuardOptions): void {
  const write = socket._write.bind(socket);
  let allowed: Buffer[] = [];
  const cut = requestCutter((request) => {
    const refusal = judge(request, options);
    if (refusal === undefined) allowed.push(request.bytes);
    else setImmediate(() => socket.push(answerOf(refusal)));
  });
  const pass = (bytes: Buffer, done: (error?: Error | null) => void) => {
    try {
      cut(bytes);
    } catch (error) {
      return done(error as Error);
    }
    const [only = Buffer.alloc(0)] = allowed;
    const all = allowed.length > 1 ? Buffer.concat(allowed) : only;
    allowed = [];
    return all.length === 0 ? done() : write(all, 'buffer' as BufferEncoding, done);
  };
  socket._write = (chunk, encoding, done) => pass(bytesOf({ chunk, encoding }), done);
  socket._writev = (chunks, done) => pass(Buffer.concat(chunks.map(bytesOf)), done);
}

const bytesOf = ({ chunk, encoding }: { chunk: string | Buffer; encoding: BufferEncoding }): Buffer =>
  typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;

const target = fieldReader('x-amz-target');
const authorization = fieldReader('authorization');

function judge({ head, body }: WireRequest, { guard, place }: StoreGuardOptions): Refusal | undefined {
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
