import { type JsonAnswer, type JsonService, refuse, startJsonService } from '../json-service.ts';
import type { Guard } from '../permissions/guard.ts';
import { needsOfPutEvents } from '../permissions/need.ts';
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
export type EventBus = JsonService;

/** Starts a stand-in for EventBridge on the loopback interface, which knows the one call that functions make. */
export const startEventBus = (options: EventBusOptions): Promise<EventBus> =>
  startJsonService('AWSEvents.PutEvents', (body, authorization) => putEvents(body, authorization, options));

function putEvents(body: unknown, authorization: string | undefined, { buses, onEvent, guard, ...place }: EventBusOptions): JsonAnswer {
  const asked = putEventsRequest.safeParse(body);
  if (!asked.success) return refuse('ValidationException', asked.error.message);
  const busNames = asked.data.Entries.map(({ EventBusName }) => EventBusName);
  const refusal = guard?.(authorization, needsOfPutEvents(busNames, place));
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
