import { setTimeout as delay } from 'node:timers/promises';
import type { LambdaFunction } from '../lambda/function.ts';
import type { BusEvent } from './event.ts';

/** "a one-minute wait before the first retry, and two minutes before the second": nobody on a laptop waits that long. */
const waits = [250, 500];

/** Invokes a target of a rule by its name. Resolves when it has taken the event or was given up; never rejects. */
export async function invokeTarget(
  name: string,
  functions: ReadonlyMap<string, LambdaFunction>,
  event: BusEvent,
  onProblem: (line: string) => void,
): Promise<void> {
  const text = JSON.stringify(event);
  const target = functions.get(name);
  const retries = target?.plan.eventRetries ?? 0;
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    const outcome = await target?.invoke(text);
    if (outcome?.ok) return;
    if (attempt < retries) await delay(waits[attempt], undefined, { ref: false });
  }
  onProblem(`${name} did not take the event ${event['detail-type']} (${event.id})`);
}
