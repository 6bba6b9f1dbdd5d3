import { randomUUID } from 'node:crypto';
import * as z from 'zod';

/** An entry of `PutEvents` (Amazon EventBridge API Reference, `PutEventsRequestEntry`). Times are seconds since the epoch. */
const entry = z.object({
  EventBusName: z.string(),
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  Detail: z.string(),
  Time: z.number().optional(),
  Resources: z.array(z.string()).default([]),
});

/** What `PutEvents` takes: up to ten entries. */
export const putEventsRequest = z.object({ Entries: z.array(entry).min(1).max(10) });

type Entry = z.output<typeof entry>;

/** An event as rules match it and targets get it ("AWS service event metadata", Amazon EventBridge User Guide). */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** @returns nothing for a detail that is no JSON object, which EventBridge refuses as malformed */
export function toBusEvent({ Source, DetailType, Detail, Time, Resources }: Entry, place: { account: string; region: string }) {
  const detail = parseObject(Detail);
  if (detail === undefined) return undefined;
  const event: BusEvent = {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: place.account,
    time: new Date(Time === undefined ? Date.now() : Time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: place.region,
    resources: Resources,
    detail,
  };
  return event;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
