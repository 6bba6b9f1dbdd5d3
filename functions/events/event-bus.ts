import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { lean } from '#aws/lean-client.ts';
import type { PublishedEvent } from './event.ts';

/** Milliseconds one call may take, and how often it is tried: all of a batch is told within the function's time. */
const connectionTimeout = 1_000;
const requestTimeout = 2_000;
const maxAttempts = 3;

/** Milliseconds that putting events may take, with all its tries. */
export const longestPublication = maxAttempts * (connectionTimeout + requestTimeout);

const client = lean(
  new EventBridgeClient({
    maxAttempts,
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
  }),
  'events',
);

/** EventBridge's bound on the entries of one call (API reference, `PutEvents`). */
export const entriesPerCall = 10;

/** Who all these events are from. */
const source = 'understory';

/** How many events, from the first on, were taken; and why the next one was not. */
export interface Publication {
  published: number;
  error?: unknown;
}

/** Puts up to {@link entriesPerCall} events on the bus that the stack names. Never rejects. */
export async function publish(events: readonly PublishedEvent[]): Promise<Publication> {
  try {
    const answer = await client.send(new PutEventsCommand({ Entries: events.map(entryOf) }));
    const entries = answer.Entries ?? [];
    const refused = entries.findIndex(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused === -1) return { published: events.length };
    return { published: refused, error: new Error(`${entries[refused]?.ErrorCode}: ${entries[refused]?.ErrorMessage}`) };
  } catch (error) {
    return { published: 0, error };
  }
}

const entryOf = (event: PublishedEvent) => ({
  EventBusName: process.env.EVENT_BUS_NAME,
  Source: source,
  DetailType: event.type,
  Time: new Date(event.at),
  Detail: JSON.stringify(event),
});
