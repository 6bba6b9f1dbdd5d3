import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What the calls of one request consumed. */
export interface Meter {
  /** SDK calls made. */
  calls: number;
  /** Request units, read and write together, as DynamoDB's `ConsumedCapacity` tells them. */
  units: number;
}

const current = new AsyncLocalStorage<Meter>();

/** Starts metering for everything that the current asynchronous context goes on to do. */
export function startMeter(): Meter {
  const meter: Meter = { calls: 0, units: 0 };
  current.enterWith(meter);
  return meter;
}

/** Makes every call of `client` ask for its consumed capacity and add it to the current meter. */
export function countUnits(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { ReturnConsumedCapacity?: string };
      input.ReturnConsumedCapacity ??= 'TOTAL';
      const answer = await next(args);
      const meter = current.getStore();
      if (meter !== undefined) {
        meter.calls += 1;
        meter.units += unitsOf((answer.output as { ConsumedCapacity?: Capacity | Capacity[] }).ConsumedCapacity);
      }
      return answer;
    },
    { step: 'initialize', name: 'countUnits' },
  );
  return client;
}

interface Capacity {
  CapacityUnits?: number;
}

function unitsOf(consumed: Capacity | Capacity[] | undefined): number {
  if (consumed === undefined) return 0;
  return [consumed].flat().reduce((sum, each) => sum + (each.CapacityUnits ?? 0), 0);
}
