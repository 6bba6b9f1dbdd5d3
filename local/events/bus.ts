import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../gateway/body.ts';
import type { Guard } from '../permissions/guard.ts';
import { needsOfPutEvents } from '../permissions/need.ts';
import { messageOf } from '../problem.ts';
import { type BusEvent, putEventsRequest, toBusEvent } from './event.ts';

export interface EventBusOptions {
  /** The names of the template's buses. */
  readonly buses: readonly string[];
  readonly account: string;
  readonly region: string;
  /** Decides who may put events on which bus; without one everybody may. */
  readonly guard?: Guard;
  /** Gets every event that was taken, in the order in which it came. */
  readonly onEvent: (busName: string, event: BusEvent) => void;
}

/** Takes `PutEvents` calls as EventBridge does. */
export interface EventBus {
  /** What the SDK is told as the service's address. */
  readonly url: string;
  close(): Promise<void>;
}

/** An answer in the service's own form (AWS JSON 1.1 protocol). */
interface Answer {
  readonly status: number;
  readonly body: object;
}

/** Starts a stand-in for EventBridge on the loopback interface, which knows the one call that functions make. */
export async function startEventBus(options: EventBusOptions): Promise<EventBus> {
  const server = createServer((request, response) => {
    answer(request, options)
      .catch((error): Answer => ({ status: 500, body: { __type: 'InternalException', message: messageOf(error) } }))
      .then((result) => send(response, result));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, { buses, onEvent, guard, ...place }: EventBusOptions): Promise<Answer> {
  const body = await readBody(request);
  if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents')
    return refuse('UnknownOperationException', 'The laptop knows PutEvents only');
  const asked = putEventsRequest.safeParse(body.kind === 'whole' ? JSON.parse(body.bytes.toString()) : undefined);
  if (!asked.success) return refuse('ValidationException', asked.error.message);
  const busNames = asked.data.Entries.map(({ EventBusName }) => EventBusName);
  const refusal = guard?.(request.headers.authorization, needsOfPutEvents(busNames, place));
  if (refusal !== undefined) return { status: 400, body: refusal };
  const unknown = busNames.find((name) => !buses.includes(name));
  if (unknown !== undefined) return refuse('ResourceNotFoundException', `There is no event bus ${unknown}`);
  const entries = asked.data.Entries.map((entry) => {
    const event = toBusEvent(entry, place);
    if (event === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    onEvent(entry.EventBusName, event);
    return { EventId: event.id };
  });
  return { status: 200, body: { FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length, Entries: entries } };
}

const refuse = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
